import * as z from 'zod'

/** A ValidatingAdmissionPolicy (admissionregistration.k8s.io), as much of it as decides something. */

const expressions = z.array(z.strictObject({ name: z.string(), expression: z.string() }))

const selector = z.strictObject({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).optional(),
      }),
    )
    .optional(),
})

const resourceRule = z.strictObject({
  apiGroups: z.array(z.string()).min(1),
  apiVersions: z.array(z.string()).min(1),
  resources: z.array(z.string()).min(1),
  operations: z.array(z.enum(['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'])).min(1),
  resourceNames: z.array(z.string()).optional(),
  scope: z.enum(['*', 'Cluster', 'Namespaced']).optional(),
})

export const admissionPolicy = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.strictObject({
    failurePolicy: z.enum(['Fail', 'Ignore']).optional(),
    paramKind: z.unknown().optional(),
    matchConstraints: z.strictObject({
      namespaceSelector: selector.optional(),
      objectSelector: selector.optional(),
      resourceRules: z.array(resourceRule).min(1),
      excludeResourceRules: z.array(resourceRule).optional(),
      matchPolicy: z.enum(['Exact', 'Equivalent']).optional(),
    }),
    matchConditions: expressions.optional(),
    variables: expressions.optional(),
    validations: z
      .array(
        z.strictObject({
          expression: z.string(),
          message: z.string().optional(),
          messageExpression: z.string().optional(),
          reason: z.string().optional(),
        }),
      )
      .optional(),
    auditAnnotations: z
      .array(z.strictObject({ key: z.string(), valueExpression: z.string() }))
      .optional(),
  }),
})

export type AdmissionPolicy = z.output<typeof admissionPolicy>

import { namesResource, resourceOf, unknownLabels, type PolicySource } from '../../cel/index.ts'
import { RENDERED_KINDS } from '../../kinds/index.ts'
import { allFound, problemWith, type Found, type Problem } from '../../problem/index.ts'
import { checkDocument } from '../fields/check.ts'
import { valueText } from '../fields/words.ts'
import { readFile } from '../files.ts'
import { admissionPolicy, type AdmissionPolicy } from '../schema/admission-policy.ts'
import type { Source } from '../source.ts'
import type { YamlFile } from '../yaml/file.ts'
import { keyOffset, nodeAt, type Path, type YamlNode } from '../yaml/node.ts'
import type { RuleInFile } from './rule-in-file.ts'

type Policies = { policies: PolicySource[]; problems: Problem[] }

/** The ValidatingAdmissionPolicies of a file. The environment that names it is their binding: bindings in it say nothing here. */
export async function policiesIn(
  written: RuleInFile & { source: Source; file: string },
): Promise<Policies> {
  const problems = mixedFields(written)
  if (problems.length > 0) return { policies: [], problems }
  const read = await readFile(written.source, written.file)
  if (read === undefined) return { policies: [], problems: [noFile(written)] }
  const { file } = read
  if (file === undefined) return { policies: [], problems: read.problems }
  if (!file.documents.some(isPolicy)) return { policies: [], problems: [noPolicy(file)] }
  const results = file.documents.filter(root => !isBinding(root)).map(root => policyOf(file, root))
  return {
    policies: results.flatMap(({ policies }) => policies),
    problems: results.flatMap(each => each.problems),
  }
}

function mixedFields({ project, rule, path }: RuleInFile): Problem[] {
  const fields = (['name', 'expression', 'message', 'messageExpression', 'match'] as const).filter(
    field => rule[field] !== undefined,
  )
  return fields.map(field =>
    problemWith({
      code: 'contradiction',
      place: project.placeOf([...path, field]),
      message: `${field} and file exclude each other`,
      remedy: 'Keep the file, or write the rule here.',
    }),
  )
}

function noFile({ project, path, file }: RuleInFile & { file: string }): Problem {
  return problemWith({
    code: 'bad-value',
    place: project.placeOf([...path, 'file']),
    message: `the file ${file} does not exist`,
    remedy: 'Create it, or correct the path: it is relative to slipway.yaml.',
  })
}

const GROUP = /^admissionregistration\.k8s\.io\/v1(alpha1|beta1)?$/

function isPolicy(root: YamlNode): boolean {
  return isOfGroup(root) && nodeAt(root, ['kind'])?.value === 'ValidatingAdmissionPolicy'
}

function isBinding(root: YamlNode): boolean {
  return isOfGroup(root) && nodeAt(root, ['kind'])?.value === 'ValidatingAdmissionPolicyBinding'
}

function isOfGroup(root: YamlNode): boolean {
  return GROUP.test(String(nodeAt(root, ['apiVersion'])?.value))
}

function noPolicy(file: YamlFile): Problem {
  return problemWith({
    code: 'document-kind',
    place: file.placeAt(0),
    message: 'the file holds no ValidatingAdmissionPolicy',
    remedy:
      'Write one (apiVersion: admissionregistration.k8s.io/v1), or take the file off policies.cel.',
  })
}

function policyOf(file: YamlFile, root: YamlNode): Policies {
  if (!isPolicy(root)) return { policies: [], problems: [foreign(file, root)] }
  const checked = checkDocument(admissionPolicy, file, root)
  if (checked.value === undefined) return { policies: [], problems: checked.problems }
  const subject = { file, root, policy: checked.value }
  const unsupported = allFound(unsupportedParts(subject))
  if (unsupported.length > 0) return { policies: [], problems: unsupported }
  return { policies: [sourceOf(subject)], problems: idleRules(subject) }
}

function foreign(file: YamlFile, root: YamlNode): Problem {
  const kind = nodeAt(root, ['kind'])
  return problemWith({
    code: 'document-kind',
    place: file.placeAt(kind?.start ?? root.start),
    message: `kind must be ValidatingAdmissionPolicy here, not ${valueText(kind?.value)}`,
    remedy: 'Move it elsewhere; other kinds of policies are not read.',
  })
}

interface Subject {
  file: YamlFile
  root: YamlNode
  policy: AdmissionPolicy
}

function problemAt({ file, root, policy }: Subject, path: Path, message: string): Problem {
  return problemWith({
    code: 'bad-value',
    place: file.placeAt(keyOffset(root, path)),
    message: `the policy "${policy.metadata.name}" ${message}`,
  })
}

function unsupportedParts(subject: Subject): Found<Problem> {
  const {
    paramKind,
    matchConstraints,
    validations = [],
    auditAnnotations = [],
  } = subject.policy.spec
  const unknown = unknownLabels(matchConstraints.namespaceSelector ?? {})
  const selector = ['spec', 'matchConstraints', 'namespaceSelector']
  return [
    paramKind === undefined
      ? undefined
      : problemAt(
          subject,
          ['spec', 'paramKind'],
          'takes parameters, which slipway does not support: they are objects in the cluster',
        ),
    unknown.map(label =>
      problemAt(
        subject,
        selector,
        `asks for the label ${label} of namespaces, which only the cluster knows; slipway supports kubernetes.io/metadata.name`,
      ),
    ),
    validations.length + auditAnnotations.length === 0
      ? problemAt(subject, ['spec'], 'has no validations')
      : undefined,
  ]
}

/** What is never rendered, or never created, is never looked at: better said than taken for checked. */
function idleRules(subject: Subject): Problem[] {
  const { resourceRules } = subject.policy.spec.matchConstraints
  const creating = resourceRules.filter(({ operations }) =>
    operations.some(operation => operation === '*' || operation === 'CREATE'),
  )
  const path = ['spec', 'matchConstraints', 'resourceRules']
  if (creating.length === 0)
    return [idle(subject, path, 'is not for CREATE: slipway looks at objects as they are created')]
  const isRendered = RENDERED_KINDS.map(resourceOf).some(resource =>
    creating.some(rule => namesResource(rule, resource)),
  )
  if (isRendered) return []
  const resources = creating.flatMap(rule => rule.resources).join(', ')
  return [idle(subject, path, `is for ${resources}, which no endpoint becomes`)]
}

function idle(subject: Subject, path: Path, why: string): Problem {
  return {
    ...problemAt(subject, path, `finds nothing here: it ${why}`),
    severity: 'warning',
    remedy: 'Remove it from policies.cel, or add rules for what slipway renders.',
  }
}

function sourceOf({ file, root, policy }: Subject): PolicySource {
  const { spec, metadata } = policy
  const { matchConstraints, matchConditions = [], variables = [], validations = [] } = spec
  const written = (path: Path, text: string) => ({ text, placeAt: placesOf(file, root, path) })
  const named = (list: 'matchConditions' | 'variables', items: typeof variables) =>
    items.map(({ name, expression }, index) => ({
      name,
      expression: written(['spec', list, index, 'expression'], expression),
    }))
  return {
    name: metadata.name,
    failurePolicy: spec.failurePolicy ?? 'Fail',
    matching: {
      rules: matchConstraints.resourceRules,
      excluded: matchConstraints.excludeResourceRules,
      objects: matchConstraints.objectSelector,
      namespaces: matchConstraints.namespaceSelector,
      isExact: matchConstraints.matchPolicy === 'Exact',
    },
    conditions: named('matchConditions', matchConditions),
    variables: named('variables', variables),
    validations: validations.map(({ expression, message, messageExpression }, index) => ({
      expression: written(['spec', 'validations', index, 'expression'], expression),
      message,
      messageExpression:
        messageExpression === undefined
          ? undefined
          : written(['spec', 'validations', index, 'messageExpression'], messageExpression),
    })),
    audits: (spec.auditAnnotations ?? []).map(({ key, valueExpression }, index) => ({
      name: key,
      expression: written(['spec', 'auditAnnotations', index, 'valueExpression'], valueExpression),
    })),
  }
}

function placesOf(file: YamlFile, root: YamlNode, path: Path) {
  const node = nodeAt(root, path)
  return (offset: number) =>
    node === undefined ? file.placeAt(keyOffset(root, path)) : file.placeIn(node, offset)
}

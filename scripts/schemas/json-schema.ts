/** As much of an OpenAPI schema as says which fields there are, and of what type: of /openapi/v2 and of definitions alike. */
export interface JsonSchema {
  $ref?: string
  type?: string
  format?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  additionalProperties?: JsonSchema | boolean
  required?: string[]
  enum?: unknown[]
  default?: unknown
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  /** Of ours: what admits the object leaves the field out where it is empty. */
  isLeftOutWhenEmpty?: boolean
  'x-kubernetes-preserve-unknown-fields'?: boolean
  'x-kubernetes-int-or-string'?: boolean
  'x-kubernetes-embedded-resource'?: boolean
}

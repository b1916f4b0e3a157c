/** What a model needs of a serving runtime. */
export interface ModelNeeds {
  format: { name: string; version?: string | undefined }
  /** v1, v2, grpc-v1 or grpc-v2. */
  protocol?: string | undefined
  /** The name of the one that shall serve it. */
  servingRuntime?: string | undefined
  /** Of the endpoint. */
  namespace: string
}

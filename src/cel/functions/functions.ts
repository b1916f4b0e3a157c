/**
 * Functions of the API server's dialect that the library lacks or has otherwise, by their signature. Arguments have the types
 * that the signature says: the library sees to that.
 */
// oxlint-disable-next-line typescript/no-explicit-any
export type Functions = Record<string, (...values: any[]) => unknown>

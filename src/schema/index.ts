/** What fields kinds of objects have, in which versions of what serves them. */
export { schemaFaults } from './schema-faults.ts'
export type { Declared, SchemaFault } from './schema-faults.ts'

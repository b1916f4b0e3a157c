import type { DocumentKind } from '../../spec/index.ts'
import { documentSchema, jsonData, OUTPUT_KINDS } from '../../report/index.ts'
import { defineCommand } from '../command.ts'

const FILE_KINDS = [
  'Endpoint',
  'Project',
  'ModelCatalogue',
  'ImageCatalogue',
] as const satisfies DocumentKind[]

export const schema = defineCommand({
  name: 'schema',
  summary: 'Print the JSON Schema of a project’s files, for editors, or of an output',
  description:
    'Prints the JSON Schema of a kind of document: of the files of a project, with which editors that have a YAML language server ' +
    'complete and check fields, or of what a command prints with -o json.',
  positionals: {},
  options: {
    kind: {
      choices: [...FILE_KINDS, ...OUTPUT_KINDS],
      default: FILE_KINDS[0],
      describe: 'Kind of document',
    },
  },
  examples: [
    [
      'schema > endpoint.schema.json',
      'For `# yaml-language-server: $schema=…` at the top of a file',
    ],
    ['schema --kind Project > project.schema.json', 'For slipway.yaml'],
    ['schema --kind Plan > plan.schema.json', 'For programs that read `diff -o json`'],
  ],
  run: async ({ kind }, terminal) => {
    terminal.data(jsonData(await schemaFor(kind)))
    return 0
  },
})

async function schemaFor(kind: DocumentKind | (typeof OUTPUT_KINDS)[number]) {
  const output = OUTPUT_KINDS.find(each => each === kind)
  if (output !== undefined) return documentSchema(output)
  const { jsonSchema } = await import('../../spec/index.ts')
  return jsonSchema(kind as DocumentKind)
}

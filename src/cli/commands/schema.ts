import type { DocumentKind } from '../../spec/index.ts'
import { defineCommand } from '../command.ts'
import { jsonText } from '../json.ts'

const KINDS = [
  'Endpoint',
  'Project',
  'ModelCatalogue',
  'ImageCatalogue',
] as const satisfies DocumentKind[]

export const schema = defineCommand({
  name: 'schema',
  summary: 'Print the JSON Schema of a project’s files, for editors',
  description:
    'Prints the JSON Schema of a kind of document. Editors with a YAML language server complete and check fields with it.',
  positionals: {},
  options: {
    kind: { choices: KINDS, default: KINDS[0], describe: 'Kind of document' },
  },
  examples: [
    [
      'schema > endpoint.schema.json',
      'For `# yaml-language-server: $schema=…` at the top of a file',
    ],
    ['schema --kind Project > project.schema.json', 'For slipway.yaml'],
  ],
  run: async ({ kind }, terminal) => {
    const { jsonSchema } = await import('../../spec/index.ts')
    terminal.out(jsonText(jsonSchema(kind)))
    return 0
  },
})

import { jsonSchema, type DocumentKind } from '../spec/index.ts'

/** Where the schemas of a project's files are, for editors. */
export const SCHEMA_FOLDER = '.slipway'

const FILES: Record<DocumentKind, { schema: string; files: string[] }> = {
  Endpoint: { schema: 'endpoint.schema.json', files: ['endpoints/**/*.yaml'] },
  Project: { schema: 'project.schema.json', files: ['slipway.yaml'] },
  ModelCatalogue: { schema: 'models.schema.json', files: ['models.yaml'] },
  ImageCatalogue: { schema: 'images.schema.json', files: ['images.yaml'] },
}
const KINDS = Object.keys(FILES) as DocumentKind[]

/** The schema files by path, as JSON. */
export function schemaFiles(): { path: string; text: string }[] {
  return KINDS.map(kind => ({
    path: schemaPath(kind),
    text: `${JSON.stringify(jsonSchema(kind), undefined, 2)}\n`,
  }))
}

/** For the YAML extension of VS Code and for editors that read its settings. */
export function editorSettings(): string {
  const schemas = KINDS.map(kind => [`./${schemaPath(kind)}`, FILES[kind].files] as const)
  return `${JSON.stringify({ 'yaml.schemas': Object.fromEntries(schemas) }, undefined, 2)}\n`
}

/** First line of a file: which schema any editor with a YAML language server checks it by. `depth` folders below the project. */
export function modeline(kind: DocumentKind, depth: number): string {
  return `# yaml-language-server: $schema=${'../'.repeat(depth)}${schemaPath(kind)}\n`
}

function schemaPath(kind: DocumentKind): string {
  return `${SCHEMA_FOLDER}/${FILES[kind].schema}`
}

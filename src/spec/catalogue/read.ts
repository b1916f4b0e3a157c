import { defined } from '../../object/index.ts'
import type { z } from 'zod'
import {
  problemWith,
  type Place,
  type Problem,
  type Loaded,
  type LoadedPart,
} from '../../problem/index.ts'
import { singleDocument } from '../documents.ts'
import { checkDocument } from '../fields/check.ts'
import { readFile } from '../files.ts'
import type { ReadProject } from '../project.ts'
import {
  imageCatalogue,
  modelCatalogue,
  type ImageEntry,
  type ModelEntry,
} from '../schema/catalogue.ts'
import type { Source } from '../source.ts'
import { keyOffset, type Path } from '../yaml/node.ts'
import { readServingRuntimes, type ServingRuntimeCatalogue } from './serving-runtimes.ts'

/** A catalogue with the places of its fields. */
export interface Catalogue<Entry> {
  path: string
  entries: Readonly<Record<string, Entry>>
  placeOf: (path: Path) => Place
}

export interface Catalogues {
  models?: Catalogue<ModelEntry>
  images?: Catalogue<ImageEntry>
  servingRuntimes?: ServingRuntimeCatalogue
}

/** All catalogues: those that are named must exist; models.yaml, images.yaml and serving-runtimes are read where they do. */
export async function readCatalogues(
  source: Source,
  project: ReadProject | undefined,
): Promise<LoadedPart<Catalogues>> {
  const [models, images, runtimes] = await Promise.all([
    readCatalogue({ source, project, name: 'models', kind: 'ModelCatalogue' }, modelCatalogue),
    readCatalogue({ source, project, name: 'images', kind: 'ImageCatalogue' }, imageCatalogue),
    readServingRuntimes(source, project),
  ])
  const value = defined({
    models: models.value && { ...models.value, entries: models.value.document.spec.models },
    images: images.value && { ...images.value, entries: images.value.document.spec.images },
    servingRuntimes: runtimes.value,
  })
  return { value, problems: [...models.problems, ...images.problems, ...runtimes.problems] }
}

interface Wanted {
  source: Source
  project: ReadProject | undefined
  name: 'models' | 'images'
  kind: string
}

interface ReadCatalogue<Document> {
  path: string
  document: Document
  placeOf: (path: Path) => Place
}

async function readCatalogue<Schema extends z.ZodType>(
  wanted: Wanted,
  schema: Schema,
): Promise<Loaded<ReadCatalogue<z.output<Schema>>>> {
  const named = wanted.project?.document.spec.catalogues?.[wanted.name]
  const path = named ?? `${wanted.name}.yaml`
  const read = await readFile(wanted.source, path)
  if (read === undefined) return { problems: named === undefined ? [] : [noFile(wanted, path)] }
  const { file, problems } = read
  if (file === undefined) return { problems }
  const { root, problems: wrongKind } = singleDocument(file, wanted.kind)
  if (root === undefined) return { problems: wrongKind }
  const checked = checkDocument(schema, file, root)
  if (checked.value === undefined) return { problems: checked.problems }
  const placeOf = (at: Path) => file.placeAt(keyOffset(root, at))
  return { value: { path, document: checked.value, placeOf }, problems: [] }
}

function noFile({ project, name }: Wanted, path: string): Problem {
  return problemWith({
    code: 'catalogue',
    place: project?.placeOf(['spec', 'catalogues', name]),
    message: `the catalogue ${path} does not exist`,
    remedy: 'Create it, or correct spec.catalogues.',
  })
}

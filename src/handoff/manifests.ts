import { isKserve, kindOf, waveOf, WAVES, type Wave } from '../kinds/index.ts'
import { PRUNE_ANNOTATION, toYamlText, type KubeObject } from '../object/index.ts'
import type { HandedEnvironment, HandedObject, HandoffFile } from './fleet.ts'

/** What an engine writes on an object beside what slipway renders. */
export type Annotate = (object: KubeObject) => Record<string, string>

/** `manifests/ENVIRONMENT/1-configuration/NAMESPACE.ENDPOINT.yaml`: a folder for each wave that has something. */
export function manifestFiles(environment: HandedEnvironment, annotate: Annotate): HandoffFile[] {
  return wavesOf(environment).flatMap(({ folder, objects }) => {
    const byFile = Map.groupBy(objects, ({ endpoint }) => `${endpoint.namespace}.${endpoint.name}`)
    return [...byFile].map(([file, own]) => ({
      path: `${folder}/${file}.yaml`,
      // When it is written: there may be a hundred thousand of them.
      get text() {
        const texts = own.map(({ object }) => toYamlText(annotated(object, annotate(object))))
        return texts.join('---\n')
      },
    }))
  })
}

export interface WaveOfObjects {
  wave: Wave
  /** From the folder of the hand-over. */
  folder: string
  objects: HandedObject[]
}

/** In the order of waves, those without objects among them. */
export function wavesOf(environment: HandedEnvironment): WaveOfObjects[] {
  return WAVES.map((wave, index) => ({
    wave,
    folder: folderOf(environment, `${index}-${wave}`),
    objects: environment.objects.filter(({ object }) => waveOf(object) === wave),
  }))
}

/** From the folder of the hand-over. */
export function folderOf({ name }: Pick<HandedEnvironment, 'name'>, part: string): string {
  return `manifests/${name}/${part}`
}

function annotated(object: KubeObject, more: Record<string, string>): KubeObject {
  // KServe copies them to the pods, which would restart: such an object stays as it is.
  if (Object.keys(more).length === 0 || isKserve(object)) return object
  const annotations = { ...object.metadata.annotations, ...more }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

/** What holds data, or what somebody wants kept, is not pruned when it leaves git. */
export function isKept(object: KubeObject): boolean {
  const isOptedOut = object.metadata.annotations?.[PRUNE_ANNOTATION] === 'disabled'
  return isOptedOut || kindOf(object).holdsData === true
}

import { at, isMap, keyOf, refOf, type JsonMap, type KubeObject } from '../../object/index.ts'
import type { SpecInput } from '../../spec/index.ts'
import { comparable } from '../comparable.ts'
import type { Completed, Draft, Render, Rendered } from '../draft.ts'
import { isMark, isWrittenByKserve } from '../metadata.ts'
import { united } from '../improve/united.ts'
import { patchesFor, withPatches } from '../patches.ts'
import { exactMerge } from './merge.ts'

interface Completing {
  workload: KubeObject
  draft: Draft
  /** Of the draft. */
  plain: Rendered
  /** With what slipway adds. */
  improve: boolean
  render: Render
}

/** The draft with what it has no field for: in `kserve.predictor`, and what is not the predictor's in patches. */
export async function completeInferenceService(completing: Completing): Promise<Completed> {
  const withPredictor = await predictorAdded(completing)
  const { workload, improve, render } = completing
  const own = ownOf(withPredictor.rendered, workload)
  if (own === undefined) return withPredictor
  const wanted = wantedFrom(own, workload, improve)
  const patches = patchesFor({ rendered: own, wanted, among: [own], merging: exactMerge })
  return withPatches(withPredictor, patches, render)
}

async function predictorAdded({ workload, draft, plain, improve, render }: Completing) {
  const own = ownOf(plain, workload)
  if (own === undefined) return { document: draft, rendered: plain }
  const [before, wanted] = [comparable(own), wantedFrom(own, workload, improve)].map(object =>
    at(object, 'spec', 'predictor'),
  )
  const predictor = isMap(before) && isMap(wanted) ? exactMerge(before, wanted) : undefined
  if (predictor === undefined) return { document: draft, rendered: plain }
  const kserve: NonNullable<SpecInput['kserve']> = { ...draft.spec.kserve, predictor }
  const document = { ...draft, spec: { ...draft.spec, kserve } }
  return { document, rendered: await render(document) }
}

function wantedFrom(own: KubeObject, workload: KubeObject, improve: boolean): JsonMap {
  const wanted = wantedOf(workload, own)
  return improve ? united(comparable(own), wanted) : wanted
}

function ownOf({ objects }: Rendered, workload: KubeObject): KubeObject | undefined {
  return objects.find(object => keyOf(refOf(object)) === keyOf(refOf(workload)))
}

/** What is live, but for marks of other managers, which are not ours to write, and for what KServe's webhook writes. */
function wantedOf(workload: KubeObject, rendered: KubeObject): JsonMap {
  const wanted = comparable(workload)
  const { labels, annotations } = Object(wanted['metadata']) as Metadata
  const noted = Object.entries(rendered.metadata.annotations ?? {}).filter(([name]) =>
    isWrittenByKserve(name),
  )
  const metadata = {
    labels: withoutMarks(labels),
    annotations: { ...withoutMarks(annotations), ...Object.fromEntries(noted) },
  }
  return { ...wanted, apiVersion: rendered.apiVersion, metadata }
}

interface Metadata {
  labels: Record<string, string>
  annotations: Record<string, string>
}

function withoutMarks(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !isMark(name)))
}

import {
  groupKind,
  kindOf,
  matches,
  providedBy,
  type Selector,
  type Type,
} from '../../kinds/index.ts'
import type { Rendering } from '../rendered.ts'
import { namespaceOf, podsOf, type Pods } from './pods.ts'

type Trait = 'scales' | 'route'

/** The rendered objects of a set, as the rules look at them. */
export interface View {
  all: readonly Rendering[]
  /** Of what is rendered, without manifests of one's own. */
  pods: readonly Pods[]
  /** Rendered, without manifests of one's own. */
  ofKind: (kind: Type) => readonly Rendering[]
  /** Those of all kinds that have a trait: that scale, that are a route. */
  having: (trait: Trait) => readonly Rendering[]
  find: (kind: string, namespace: string, name: string) => Rendering | undefined
  /** Whether an object's controller makes it: the Secret of an ExternalSecret. */
  isProvided: (kind: string, namespace: string, name: string) => boolean
  /** Pods of any workload in the namespace that the selector takes. */
  podsIn: (namespace: string, selector: Selector) => Pods[]
}

export function viewOf(all: readonly Rendering[]): View {
  const made = all.filter(({ endpoint }) => endpoint.isManifest !== true)
  const kinds = Map.groupBy(made, ({ object }) => groupKind(object))
  const named = new Map(all.map(rendering => [keyOf(rendering), rendering]))
  const pods = all.map(podsOf).filter(item => item !== undefined)
  const byLabel = podIndex(pods)
  const provided = new Set(
    all.flatMap(({ object }) =>
      providedBy(object).map(({ kind, name }) => `${kind}/${namespaceOf(object)}/${name}`),
    ),
  )
  return {
    all,
    pods: pods.filter(({ workload }) => workload.endpoint.isManifest !== true),
    ofKind: kind => kinds.get(groupKind(kind)) ?? [],
    having: trait => all.filter(({ object }) => kindOf(object)[trait] !== undefined),
    isProvided: (kind, namespace, name) => provided.has(`${kind}/${namespace}/${name}`),
    find: (kind, namespace, name) => named.get(`${kind}/${namespace}/${name}`),
    podsIn: (namespace, selector) =>
      candidates({ byLabel, pods, namespace, selector }).filter(
        item => item.namespace === namespace && matches(selector, item.labels),
      ),
  }
}

function keyOf({ object }: Rendering): string {
  return `${object.kind}/${namespaceOf(object)}/${object.metadata.name}`
}

/** By each label, so that a selector looks at a few pods and not at those of the whole set. */
function podIndex(pods: readonly Pods[]): Map<string, Pods[]> {
  const index = new Map<string, Pods[]>()
  for (const item of pods) {
    for (const [label, value] of Object.entries(item.labels)) {
      const key = `${item.namespace}/${label}=${value}`
      const there = index.get(key)
      if (there === undefined) index.set(key, [item])
      else there.push(item)
    }
  }
  return index
}

interface Search {
  byLabel: Map<string, Pods[]>
  pods: readonly Pods[]
  namespace: string
  selector: Selector
}

function candidates({ byLabel, pods, namespace, selector }: Search): readonly Pods[] {
  const lists = Object.entries(selector.matchLabels).map(
    ([label, value]) => byLabel.get(`${namespace}/${label}=${value}`) ?? [],
  )
  const [first = pods, ...others] = lists
  return others.reduce<readonly Pods[]>((a, b) => (b.length < a.length ? b : a), first)
}

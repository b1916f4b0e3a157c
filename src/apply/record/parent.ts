import {
  APPLYSET,
  RECOMMENDED,
  SET_ANNOTATION,
  VERSION,
  type KubeObject,
} from '../../object/index.ts'
import type { Cluster } from '../../cluster/index.ts'
import {
  REVISIONS_KEY,
  UNMARKED_KEY,
  unmarkedText,
  type Inventory,
  type Plan,
  type Revision,
} from '../../plan/index.ts'
import { recordText } from './record-text.ts'

/** The set's parent ConfigMap: the inventory of kinds and namespaces (KEP-3659), and the record of revisions. */

interface ParentWrite {
  cluster: Cluster
  plan: Plan
  inventory: Inventory
  revisions: readonly Revision[]
}

export async function writeParent({
  cluster,
  plan,
  inventory,
  revisions,
}: ParentWrite): Promise<KubeObject> {
  const { name, namespace } = plan.parent
  const others = inventory.namespaces.filter(other => other !== namespace)
  return cluster.apply(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name,
        namespace,
        labels: { [APPLYSET.id]: plan.setId, [RECOMMENDED.managedBy]: 'slipway' },
        annotations: {
          [APPLYSET.tooling]: TOOLING,
          [SET_ANNOTATION]: `${plan.project}/${plan.environment}`,
          [APPLYSET.groupKinds]: inventory.groupKinds.join(','),
          ...(others.length === 0 ? {} : { [APPLYSET.additionalNamespaces]: others.join(',') }),
        },
      },
      data: { [REVISIONS_KEY]: recordText(revisions), ...unmarkedData(inventory) },
    },
    { force: true },
  )
}

/** Absent where every member carries the set's label. */
function unmarkedData({ unmarked }: Inventory): Record<string, string> {
  return unmarked === undefined ? {} : { [UNMARKED_KEY]: unmarkedText(unmarked) }
}

export async function readParentObject(
  cluster: Cluster,
  parent: Plan['parent'],
): Promise<KubeObject | undefined> {
  return cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', ...parent })
}

/** Who writes the set, in KEP-3659's form; other tools must then keep their hands off it. */
const TOOLING = `slipway/v${VERSION}`

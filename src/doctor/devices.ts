import { listIfAllowed, type Cluster } from '../cluster/index.ts'
import { DEVICE_CLASS, RESOURCE_CLAIM, RESOURCE_SLICE } from '../kinds/index.ts'
import { at, entries, text, type KubeObject } from '../object/index.ts'

/** What a cluster has of dynamic resource allocation; empty where it does not serve it. */
export interface Devices {
  classes: readonly KubeObject[]
  slices: readonly KubeObject[]
  /** Undefined: those of other namespaces cannot be seen. */
  claims: readonly KubeObject[] | undefined
}

export async function devicesOf(cluster: Cluster): Promise<Devices> {
  const [classes, slices, claims] = await Promise.all(
    [DEVICE_CLASS, RESOURCE_SLICE, RESOURCE_CLAIM].map(type => listIfAllowed(cluster, type)),
  )
  return { classes: classes ?? [], slices: slices ?? [], claims }
}

export interface DeviceCount {
  all: number
  /** Allocated to others' claims that ask for devices, and not for an extended resource; undefined where claims cannot be seen. */
  claimed: number | undefined
  /** Allocated to others, however they ask. */
  held: number | undefined
  /** The class looks at more than the driver, which only the scheduler judges: there are as many at most. */
  isBound: boolean
}

/** The class that serves an extended resource: by the name that it gives, or by its own. */
export function classServing({ classes }: Devices, resource: string): string | undefined {
  const [, implicit] = /^deviceclass\.resource\.kubernetes\.io\/(.+)$/.exec(resource) ?? []
  const found = classes.find(
    each =>
      at(each, 'spec', 'extendedResourceName') === resource || each.metadata.name === implicit,
  )
  return found?.metadata.name
}

/** Devices of a class: how many nodes publish, and how many are allocated to pods that are not of the set. */
export function countOf(
  { classes, slices, claims }: Devices,
  name: string,
  isOwnPod: (uid: string) => boolean,
): DeviceCount | undefined {
  const found = classes.find(({ metadata }) => metadata.name === name)
  if (found === undefined) return undefined
  const { drivers, isBound } = selectedBy(found)
  const isOf = (driver: unknown) => drivers === undefined || drivers.has(text(driver) ?? '')
  const all = slices
    .filter(slice => isOf(at(slice, 'spec', 'driver')))
    .reduce((sum, slice) => sum + entries(at(slice, 'spec', 'devices')).length, 0)
  const others = claims?.filter(claim => !isReservedFor(claim, isOwnPod))
  const allocated = (those: readonly KubeObject[]) =>
    those.flatMap(resultsOf).filter(({ driver }) => isOf(driver)).length
  const explicit = others?.filter(
    ({ metadata: { annotations = {} } }) => !(EXTENDED in annotations),
  )
  return {
    all,
    claimed: explicit && allocated(explicit),
    held: others && allocated(others),
    isBound,
  }
}

/** On claims that the scheduler makes for pods that ask for an extended resource (KEP-5004). */
const EXTENDED = 'resource.kubernetes.io/extended-resource-claim'

/** By the drivers that its CEL expressions name; undefined where they name none. */
function selectedBy(deviceClass: KubeObject): {
  drivers: Set<string> | undefined
  isBound: boolean
} {
  const texts = entries(at(deviceClass, 'spec', 'selectors')).map(
    each => text(at(each, 'cel', 'expression')) ?? '',
  )
  const found = texts.flatMap(each => [...each.matchAll(DRIVER)].map(([, name = '']) => name))
  const isBound = texts.some(each => each.replace(DRIVER, '').trim() !== '')
  return { drivers: found.length === 0 ? undefined : new Set(found), isBound }
}

const DRIVER = /device\.driver ?== ?["']([^"']{1,63})["']/g

function resultsOf(claim: KubeObject) {
  return entries(at(claim, 'status', 'allocation', 'devices', 'results'))
}

function isReservedFor(claim: KubeObject, isOwnPod: (uid: string) => boolean): boolean {
  return entries(at(claim, 'status', 'reservedFor')).some(({ uid }) => isOwnPod(text(uid) ?? ''))
}

import path from 'node:path'
import { failure } from '../../problem/index.ts'
import { materialFolder } from '../places.ts'

/** What `--with` installs: the definitions of kinds that others' controllers serve, without those controllers. */
export interface Addon {
  name: AddonName
  /** The folder of the go.mod and go.sum that pin the module. */
  folder: string
  goModule: string
  /** Where the module keeps its definitions. */
  definitions: string
}

export const ADDON_NAMES = ['gateway-api', 'keda', 'prometheus', 'external-secrets'] as const
export type AddonName = (typeof ADDON_NAMES)[number]

const SOURCES: Record<AddonName, Pick<Addon, 'goModule' | 'definitions'>> = {
  'gateway-api': { goModule: 'sigs.k8s.io/gateway-api', definitions: 'config/crd/standard' },
  keda: { goModule: 'github.com/kedacore/keda/v2', definitions: 'config/crd/bases' },
  prometheus: {
    goModule: 'github.com/prometheus-operator/prometheus-operator',
    definitions: 'example/prometheus-operator-crd',
  },
  'external-secrets': {
    goModule: 'github.com/external-secrets/external-secrets',
    definitions: 'config/crds/bases',
  },
}

export function addonOf(name: AddonName): Addon {
  return { name, folder: path.join(materialFolder(), 'addons', name), ...SOURCES[name] }
}

/** The add-ons of a list such as `gateway-api,keda`, in the order of the catalogue. Throws on a name that is none. */
export function parseAddons(list: string): AddonName[] {
  const wanted = list
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')
  const known: readonly string[] = ADDON_NAMES
  const unknown = wanted.find(word => !known.includes(word))
  if (unknown === undefined) return ADDON_NAMES.filter(name => wanted.includes(name))
  throw failure('usage', `there is no add-on "${unknown}"`, {
    remedy: `Use one or more of ${ADDON_NAMES.join(', ')}, separated by commas.`,
  })
}

import { failure } from '../problem/index.ts'
import { moduleOf } from './binaries/catalogue.ts'
import { findModules, type FindOptions } from './binaries/find.ts'
import { applyDefinitions, definitionFiles } from './definitions.ts'
import type { Kubectl } from './kubectl.ts'

/** What `--with` installs: the definitions of kinds that others' controllers serve, without those controllers. */
export const ADDON_NAMES = ['gateway-api', 'keda', 'prometheus', 'external-secrets'] as const
export type AddonName = (typeof ADDON_NAMES)[number]

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

/** Installs the definitions of add-ons, each pinned by the module of its name, and waits until their kinds are served. */
export async function installAddons(
  kubectl: Kubectl,
  names: readonly AddonName[],
  options: FindOptions,
): Promise<void> {
  const found = await findModules(names.map(moduleOf), options)
  for (const { module, files } of found) {
    options.onProgress(`installing the definitions of ${module.folder}`)
    await applyDefinitions(kubectl, definitionFiles(files), options.signal)
  }
}

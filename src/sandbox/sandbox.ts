import type { AddonName } from './addons/catalogue.ts'
import { adminKubeconfig } from './kubectl.ts'
import { contextOf, stateDirectoryOf } from './places.ts'
import type { SandboxRecord } from './record.ts'

/** A running sandbox. */
export interface Sandbox {
  name: string
  /** The kubeconfig that holds the context: the user's, or the one that was asked for. */
  kubeconfig: string
  context: string
  /** https://127.0.0.1:PORT */
  server: string
  /** Data, certificates and logs; goes with `down`. */
  stateDirectory: string
  /** A kubectl of the sandbox's version. */
  kubectl: string
  /** Whether KServe is installed (its controller may have been stopped since). */
  kserve: boolean
  /** Add-ons whose definitions are installed. */
  addons: AddonName[]
}

export function sandboxOf(record: SandboxRecord): Sandbox {
  const stateDirectory = stateDirectoryOf(record.name)
  return {
    name: record.name,
    kubeconfig: record.kubeconfigs.at(-1)?.file ?? adminKubeconfig(stateDirectory),
    context: contextOf(record.name),
    server: record.server,
    stateDirectory,
    kubectl: record.kubectl,
    kserve: record.kserve !== undefined,
    addons: record.addons ?? [],
  }
}

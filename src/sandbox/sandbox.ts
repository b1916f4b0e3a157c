import type { AddonName } from './addons.ts'
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
  /** The version of Kubernetes, such as 1.37.2. */
  kubernetes: string
  /** The version of KServe, where it is installed (its controller may have been stopped since). */
  kserve?: string
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
    kubernetes: record.kubernetes,
    ...(record.kserve && { kserve: record.kserve.version }),
    addons: record.addons ?? [],
  }
}

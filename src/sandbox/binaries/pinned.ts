/** One folder of `sandbox/` with a go.mod and a go.sum: what the version in it pins, and what is taken from the module. */
export interface PinnedModule {
  /** The folder's name. */
  folder: string
  /** The path whose version in go.mod is meant. */
  goModule: string
  /** Seconds to build and copy everything on 2 cores from empty caches, downloads included. */
  expectedSeconds: number
  binaries?: readonly PinnedBinary[]
  /** Folders of the module whose YAML files are kept beside the binaries. */
  files?: readonly string[]
  /** Whether the binaries tell their clients a version that is set when they are linked. */
  isVersionLinked?: boolean
}

export interface PinnedBinary {
  name: string
  /** The path of its package in the module. */
  command: string
  /** Arguments that make it print its version; without them it is not looked for on the PATH. */
  versionArgs?: readonly string[]
}

const VERSION = ['--version']

const kubernetes = (minor: string): PinnedModule => ({
  folder: `kubernetes-${minor}`,
  goModule: 'k8s.io/kubernetes',
  expectedSeconds: 240,
  isVersionLinked: true,
  binaries: [
    { name: 'kube-apiserver', command: '/cmd/kube-apiserver', versionArgs: VERSION },
    {
      name: 'kube-controller-manager',
      command: '/cmd/kube-controller-manager',
      versionArgs: VERSION,
    },
    { name: 'kube-scheduler', command: '/cmd/kube-scheduler', versionArgs: VERSION },
    { name: 'kubectl', command: '/cmd/kubectl', versionArgs: ['version', '--client'] },
  ],
})

const etcd = (minor: string): PinnedModule => ({
  folder: `etcd-${minor}`,
  goModule: 'go.etcd.io/etcd/server/v3',
  expectedSeconds: 20,
  binaries: [{ name: 'etcd', command: '', versionArgs: VERSION }],
})

const kserve = (version: string): PinnedModule => ({
  folder: `kserve-${version}`,
  goModule: 'github.com/kserve/kserve',
  expectedSeconds: 240,
  binaries: [{ name: 'manager', command: '/cmd/manager' }],
  files: [
    'config/configmap',
    'config/crd/full',
    'config/runtimes',
    'config/storagecontainers',
    'config/webhook',
  ],
})

/** A project of which only the definitions of its kinds are wanted. */
const definitions = (folder: string, goModule: string, files: string): PinnedModule => ({
  folder,
  goModule,
  expectedSeconds: 10,
  files: [files],
})

/** Every module that is pinned. Another one is a folder made with `go get -tool` (`go get` where nothing is built), and a row here. */
export const PINNED_MODULES: readonly PinnedModule[] = [
  kubernetes('1.34'),
  kubernetes('1.37'),
  etcd('3.6'),
  etcd('3.7'),
  {
    folder: 'kwok',
    goModule: 'sigs.k8s.io/kwok',
    expectedSeconds: 75,
    binaries: [
      { name: 'kwok', command: '/cmd/kwok', versionArgs: VERSION },
      { name: 'kwokctl', command: '/cmd/kwokctl', versionArgs: VERSION },
    ],
  },
  kserve('0.16.0'),
  kserve('0.17.0'),
  kserve('0.19.0'),
  kserve('0.20.0'),
  definitions('gateway-api', 'sigs.k8s.io/gateway-api', 'config/crd/standard'),
  definitions('keda', 'github.com/kedacore/keda/v2', 'config/crd/bases'),
  definitions(
    'prometheus',
    'github.com/prometheus-operator/prometheus-operator',
    'example/prometheus-operator-crd',
  ),
  definitions(
    'external-secrets',
    'github.com/external-secrets/external-secrets',
    'config/crds/bases',
  ),
]

import { DEPLOYMENT, kindCalled, KSERVE } from '../../kinds/index.ts'
import { failure } from '../../problem/index.ts'
import { IMPORT_VIEWS } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { importAll, importOne, importRuntimes } from '../imports.ts'
import { atCluster, refuseGiven, switchFlag, textFlag } from '../options.ts'

const KINDS = Object.fromEntries(
  [DEPLOYMENT, KSERVE].map(({ apiVersion, kind }) => [kind.toLowerCase(), { apiVersion, kind }]),
)

const RUNTIMES = 'servingruntimes'

/** As kubectl takes kinds: in any case, singular or plural, in short, with the group. */
function kindWord(word: string): string {
  if (/^(cluster)?servingruntimes?(\.|$)/i.test(word)) return RUNTIMES
  return kindCalled(word)?.kind.toLowerCase() ?? word
}

const HOW = {
  all: switchFlag(
    'Import every Deployment and InferenceService of the namespace, or those of the kind',
  ),
  improve: switchFlag(
    "Write slipway's defaults where the live object has nothing; its pods restart once",
  ),
  objects: switchFlag(
    'Write what its pods refer to beside it, too: ConfigMaps, templates of claims, and what makes its Secrets',
  ),
  container: textFlag('Treat this container as the model server, where it is unclear which one is'),
  'allow-loss': switchFlag(
    'Write the spec even though it is not valid, or applying it would take from others',
  ),
} as const

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Write the spec of a live Deployment or InferenceService',
  description:
    'Reads the object, related objects under the names that slipway would give them, and what leads to its pods; writes the endpoint ' +
    'that renders to it, with patches for what the spec has no field for; and says field by field what the next apply would change. ' +
    'Where that would take from others, nothing is written. With --all, a table says for each whether it is imported as it is, with changes, or not at all and why. Changes nothing in the cluster.',
  positionals: {
    kind: {
      describe:
        'Kind of the object, as kubectl takes it; servingruntimes for the catalogue of them',
      many: false,
      isOptional: true,
      choices: [...Object.keys(KINDS), RUNTIMES],
      read: kindWord,
    },
    name: {
      describe: "The object's name, and the endpoint's; none for servingruntimes and --all",
      many: true,
    },
  },
  options: { ...HOW, ...atCluster(IMPORT_VIEWS) },
  examples: [
    ['import deployment chat -n llm-ops', 'Into endpoints/chat.yaml; then: slipway diff'],
    ['import isvc iris -e production', "In the environment's namespace"],
    ['import --all -n llm-ops', 'Everything that serves in a namespace, a file for each endpoint'],
    ['import deployment chat --container vllm', 'Its other containers are kept'],
    ['import deployment chat --improve', 'With the probes, limits and budget that it lacks'],
    [
      'import deployment chat --objects',
      'With its ConfigMaps and ExternalSecrets, in endpoints/chat.objects/',
    ],
    [
      'import servingruntimes -e production',
      'Into the catalogue; what is there is never overwritten',
    ],
  ],
  run: async ({ kind, name: names, all, ...args }, terminal) => {
    const { namespace, container, allowLoss, improve, objects, output, ...rest } = args
    if (kind === RUNTIMES) {
      refuseNames(names, `import ${RUNTIMES}`)
      return importRuntimes(rest, namespace, terminal)
    }
    const type = KINDS[kind ?? '']
    if (all) {
      refuseNames(names, 'import --all')
      refuseGiven(
        { '--container': container, '--allow-loss': allowLoss, '--objects': objects },
        'cannot be used with import --all',
        'Import that one by its name: slipway import deployment chat.',
      )
      return importAll(rest, { kind: type?.kind, namespace, improve, output }, terminal)
    }
    if (type === undefined) throw needsKind()
    const name = oneName(names)
    const wanted = { type, name, namespace, container, allowLoss, improve, objects }
    return importOne(rest, wanted, terminal)
  },
})

function refuseNames(names: readonly string[], what: string): void {
  if (names.length === 0) return
  throw failure('usage', `${what} takes no name`, {
    remedy: 'Leave it out: all of them are imported.',
  })
}

function needsKind() {
  const kinds = [...Object.keys(KINDS), RUNTIMES].join(', ')
  return failure('usage', `slipway import needs a kind (${kinds}) or --all`, {
    remedy: 'Write them after it: slipway import deployment chat.',
  })
}

function oneName([name, ...others]: readonly string[]): string {
  if (name !== undefined && others.length === 0) return name
  throw failure('usage', 'import takes the name of one object', {
    remedy: 'Write it after the kind: slipway import deployment chat.',
  })
}

import type { TestedVersions } from './runner-sandbox.ts'

/** One run of test files on one sandbox. */
export interface Pass {
  versions: TestedVersions
  files: readonly string[]
  /** Whether it is that of the engines of others. */
  engines?: boolean
}

/** A test file, by what it declares. */
export interface TestFile {
  file: string
  text: string
}

export interface Known {
  /** The versions that the sandbox knows, oldest first. */
  kubernetes: readonly string[]
  kserve: readonly string[]
  defaultKubernetes: string
}

/**
 * What is run: all files on the default Kubernetes with the newest KServe, and KServe's tests once more on the oldest, but for those that
 * take long for what they tell of a version. `all` adds these, KServe's tests on the versions between, and all tests of a control plane on the other versions of Kubernetes. Engines of others,
 * where files have them, play on the first two versions, apart from the rest: they want the machine for themselves.
 */
export function passesOf(files: readonly TestFile[], known: Known, level: 'ci' | 'all'): Pass[] {
  const names = (found: readonly TestFile[]) => found.map(({ file }) => file)
  const [oldest = '', ...newer] = known.kserve
  const newest = newer.at(-1) ?? oldest
  const kubernetes = known.defaultKubernetes
  const engines = files.filter(isOfEngine)
  const withoutEngines = files.filter(each => !isOfEngine(each))
  const onKserve = (kserve: string, chosen: readonly TestFile[]) => ({
    versions: { kubernetes, kserve, onlyKserve: true },
    files: names(chosen.filter(each => usesKserve(each) && (level === 'all' || isShort(each)))),
  })
  const onKubernetes = (version: string) => ({
    versions: { kubernetes: version, kserve: newest, onlyKserve: false },
    files: names(withoutEngines.filter(usesSandbox)),
  })
  const between = newer.slice(0, -1).map(version => onKserve(version, withoutEngines))
  const others = known.kubernetes.filter(version => version !== kubernetes).map(onKubernetes)
  const onNewest = { kubernetes, kserve: newest, onlyKserve: false }
  const passes = [
    { versions: onNewest, files: names(withoutEngines) },
    onKserve(oldest, withoutEngines),
    ...(level === 'all' ? [...between, ...others] : []),
    { versions: onNewest, files: names(engines), engines: true },
    { ...onKserve(oldest, engines), engines: true },
  ]
  return passes.filter(pass => pass.files.length > 0)
}

/** Flux, Argo CD, KEDA: they take minutes to build and to play. */
export function isOfEngine({ file }: Pick<TestFile, 'file'>): boolean {
  return file.startsWith('test/engines/')
}

function usesKserve({ text }: TestFile): boolean {
  return /^\s*kserve\(/m.test(text)
}

/** Plays on the control plane that all share, and no apply is killed at each of its requests. */
function isShort({ text }: TestFile): boolean {
  return !/\bsandboxTest\(\{|\b(ownSandbox|killedEverywhere)\(/.test(text)
}

function usesSandbox({ text }: TestFile): boolean {
  return /\b(sandboxTest|ownSandbox)\(/.test(text)
}

/** Such as `Kubernetes 1.37.2, KServe 0.20.0`. */
export function titleOf({ versions: { kubernetes, kserve }, engines = false }: Pass): string {
  return `Kubernetes ${kubernetes}, KServe ${kserve}${engines ? ', engines' : ''}`
}

/** Such as `1.37.2/0.20.0`, or `1.37.2/0.20.0/engines`. */
function nameOf({ versions: { kubernetes, kserve }, engines = false }: Pass): string {
  return `${kubernetes}/${kserve}${engines ? '/engines' : ''}`
}

/** Those that are asked for by name; that of the engines also without its last word where there is no other. All when nothing is asked for. */
export function only(asked: readonly string[], passes: readonly Pass[]): Pass[] {
  const names = new Set(passes.map(nameOf))
  const wanted = new Set(asked.map(name => (names.has(name) ? name : `${name}/engines`)))
  const chosen = passes.filter(pass => asked.length === 0 || wanted.has(nameOf(pass)))
  if (chosen.length === 0) throw new Error(`there is no pass ${asked.join(', ')}`)
  return chosen
}

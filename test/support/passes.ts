import type { TestedVersions } from './runner-sandbox.ts'

/** One run of test files on one sandbox. */
export interface Pass {
  versions: TestedVersions
  files: readonly string[]
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
 * What is run: all files on the default Kubernetes with the newest KServe, and KServe's tests once more on the oldest. `all` adds
 * KServe's tests on the versions between, and all tests of a control plane on the other versions of Kubernetes; engines of others
 * play on the first two.
 */
export function passesOf(files: readonly TestFile[], known: Known, level: 'ci' | 'all'): Pass[] {
  const names = (found: readonly TestFile[]) => found.map(({ file }) => file)
  const [oldest = '', ...newer] = known.kserve
  const newest = newer.at(-1) ?? oldest
  const kubernetes = known.defaultKubernetes
  const withoutEngines = files.filter(each => !isOfEngine(each))
  const onKserve = (kserve: string, chosen: readonly TestFile[]) => ({
    versions: { kubernetes, kserve, onlyKserve: true },
    files: names(chosen.filter(usesKserve)),
  })
  const onKubernetes = (version: string) => ({
    versions: { kubernetes: version, kserve: newest, onlyKserve: false },
    files: names(withoutEngines.filter(usesSandbox)),
  })
  const between = newer.slice(0, -1).map(version => onKserve(version, withoutEngines))
  const others = known.kubernetes.filter(version => version !== kubernetes).map(onKubernetes)
  const passes = [
    { versions: { kubernetes, kserve: newest, onlyKserve: false }, files: names(files) },
    onKserve(oldest, files),
    ...(level === 'all' ? [...between, ...others] : []),
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

function usesSandbox({ text }: TestFile): boolean {
  return /\b(sandboxTest|ownSandbox)\(/.test(text)
}

/** Such as `Kubernetes 1.37.2, KServe 0.20.0`. */
export function titleOf({ versions: { kubernetes, kserve } }: Pass): string {
  return `Kubernetes ${kubernetes}, KServe ${kserve}`
}

/** Those of the versions that are asked for, such as `1.34.4/0.20.0`; all when nothing is. */
export function only(asked: readonly string[], passes: readonly Pass[]): Pass[] {
  const chosen = passes.filter(
    ({ versions: { kubernetes, kserve } }) =>
      asked.length === 0 || asked.includes(`${kubernetes}/${kserve}`),
  )
  if (chosen.length === 0) throw new Error(`there is no pass ${asked.join(', ')}`)
  return chosen
}

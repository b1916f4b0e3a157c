import { findExecutable, pathFolders, runCommand } from '../command.ts'
import type { Binary } from './catalogue.ts'

/**
 * The binary in KUBEBUILDER_ASSETS or on the PATH, when it is of the minor version that the sandbox pins:
 * Kubernetes' components are made to work together within one.
 */
export async function findInstalled(
  { name, versionArgs }: Binary,
  pinned: string,
): Promise<string | undefined> {
  if (versionArgs === undefined) return undefined
  for (const folder of installedFolders()) {
    const file = findExecutable(name, [folder])
    if (file === undefined) continue
    if (isCompatible(await versionOf(file, versionArgs), pinned)) return file
  }
  return undefined
}

function installedFolders(): string[] {
  const assets = process.env['KUBEBUILDER_ASSETS']
  return [...(assets === undefined || assets === '' ? [] : [assets]), ...pathFolders()]
}

async function versionOf(file: string, args: readonly string[]): Promise<string> {
  try {
    const signal = AbortSignal.timeout(10_000)
    return await runCommand({ file, args, signal })
  } catch {
    return ''
  }
}

/** Whether what a binary prints of itself ("Kubernetes v1.34.2", "etcd Version: 3.6.7") has the pinned minor version. */
export function isCompatible(printed: string, pinned: string): boolean {
  const found = minorOf(printed)
  return found !== undefined && found === minorOf(pinned)
}

function minorOf(text: string): string | undefined {
  return /(?<![\w.])v?(\d+\.\d+)\.\d+/.exec(text)?.[1]
}

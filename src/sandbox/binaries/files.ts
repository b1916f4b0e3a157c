import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { runCommand } from '../command.ts'
import { GO_ENVIRONMENT } from './build.ts'
import { moduleFolder, type Module } from './catalogue.ts'

export interface CopyOptions {
  /** The folder that appears, with everything in it. */
  folder: string
  signal?: AbortSignal | undefined
}

/** Copies the module's YAML files out of Go's module cache: later starts need neither that nor Go. */
export async function copyFiles(module: Module, { folder, signal }: CopyOptions): Promise<void> {
  const source = await downloadedFolder(module, signal)
  mkdirSync(path.dirname(folder), { recursive: true })
  const output = mkdtempSync(`${folder}.copy-`)
  try {
    for (const part of module.files) copyYaml(path.join(source, part), path.join(output, part))
    renameSync(output, folder)
  } finally {
    rmSync(output, { recursive: true, force: true })
  }
}

async function downloadedFolder(module: Module, signal: AbortSignal | undefined): Promise<string> {
  const stdout = await runCommand({
    file: 'go',
    args: ['mod', 'download', '-json', `${module.goModule}@${module.version}`],
    cwd: moduleFolder(module),
    env: GO_ENVIRONMENT,
    signal,
  })
  const { Dir }: { Dir: string } = JSON.parse(stdout)
  return Dir
}

// Written anew, because files and folders of the module cache are read-only.
function copyYaml(source: string, target: string): void {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue
    const from = path.join(entry.parentPath, entry.name)
    const to = path.join(target, path.relative(source, from))
    mkdirSync(path.dirname(to), { recursive: true })
    writeFileSync(to, readFileSync(from))
  }
}

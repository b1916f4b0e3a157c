import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export const HERE = `${process.platform}-${process.arch}`

/** The Node that runs this, or the same version for another platform from its npm package, below `folder`. */
export async function findNode(platform: string, folder: string): Promise<string> {
  if (platform === HERE) return process.execPath
  const [os = '', cpu = ''] = platform.split('-')
  const name = `node-${platform}`
  const to = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit']
  const what = [`--os=${os}`, `--cpu=${cpu}`, `${name}@${process.versions.node}`]
  execFileSync('npm', [...to, '--no-fund', '--silent', ...what], { stdio: 'inherit' })
  return join(folder, 'node_modules', name, 'bin/node')
}

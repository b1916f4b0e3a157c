import { spawnSync } from 'node:child_process'

/** The records of the Debian packages that files come from, as scanners of images read them from /var/lib/dpkg/status.d. */
export function dpkgRecords(files: readonly string[]): { name: string; text: string }[] {
  const records = output('dpkg', ['--status', ...packagesOf(files)]).split(/\n(?=Package: )/)
  return records.map(text => ({ name: /^Package: (\S+)/.exec(text)?.[1] ?? '', text }))
}

function packagesOf(files: readonly string[]): string[] {
  const owners = output('dpkg', ['--search', ...files.flatMap(bothNames)])
  return [...new Set([...owners.matchAll(/^([^:,\s]+)[:,]/gm)].map(([, name = '']) => name))]
}

/** dpkg may know a file by its name before or after /usr was merged. */
function bothNames(file: string): string[] {
  return [file, file.startsWith('/usr/') ? file.slice('/usr'.length) : `/usr${file}`]
}

/** dpkg ends with 1 when it does not know one of the files. */
function output(command: string, args: string[]): string {
  const { stdout, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  if (error !== undefined) throw error
  return stdout.trim()
}

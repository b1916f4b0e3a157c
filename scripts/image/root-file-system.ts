import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { dpkgRecords } from './dpkg-records.ts'
import { librariesOf } from './libraries.ts'

/** What the single file needs around it: git, and a shell with the few commands that pipelines are written with. */
const COMMANDS =
  'git sh cat chmod cp cut date dirname env basename head id ls mkdir mktemp mv printf rm sleep tee test touch tr uname wc'.split(
    ' ',
  )
const FOLDERS = ['/usr/bin', '/bin']
/** Git's own programs that it does not have built in: what talks HTTPS. */
const GIT_PROGRAMS = ['git-remote-http', 'git-remote-https'].map(
  name => `/usr/lib/git-core/${name}`,
)
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'

/** Who runs it, by number, so that Kubernetes can see that it is not root. */
export const USER = { id: 65_532, name: 'slipway', home: '/home/slipway' }

export interface RootFileSystem {
  singleFile: string
  /** An empty folder, or one that does not exist. */
  to: string
}

/** Assembles a file system from this machine's Debian or Ubuntu: the image's, and that of a machine without Node and npm. */
export function assembleRoot({ singleFile, to }: RootFileSystem): void {
  const programs = [...COMMANDS.map(locate), ...GIT_PROGRAMS]
  const files = new Set([...programs, ...librariesOf([singleFile, ...programs])])
  for (const file of files) copy(file, join(to, file))
  copy(singleFile, join(to, 'usr/bin/slipway'))
  for (const file of [CERTIFICATES, '/etc/os-release'].filter(existsSync))
    copy(file, join(to, file))
  for (const { name, text } of dpkgRecords([...files]))
    write(`/var/lib/dpkg/status.d/${name}`, `${text}\n`)
  write(
    '/etc/passwd',
    `root:x:0:0::/root:/bin/sh\n${USER.name}:x:${USER.id}:${USER.id}::${USER.home}:/bin/sh\n`,
  )
  write('/etc/group', `root:x:0:\n${USER.name}:x:${USER.id}:\n`)
  write('/etc/hosts', '127.0.0.1 localhost\n::1 localhost\n')
  // A checkout usually belongs to another user than the container's.
  write('/etc/gitconfig', '[safe]\n\tdirectory = *\n')
  for (const folder of ['tmp', 'proc', 'dev', USER.home])
    mkdirSync(join(to, folder), { recursive: true })
  chmodSync(to, 0o755)
  chmodSync(join(to, 'tmp'), 0o1777)

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(to, path)), { recursive: true })
    writeFileSync(join(to, path), text)
  }
}

function locate(command: string): string {
  const found = FOLDERS.map(folder => join(folder, command)).find(path => existsSync(path))
  if (found === undefined) throw new Error(`${command} is not on this machine`)
  return found
}

/** Under the name that it is asked for by; what links lead to, not the links. */
function copy(file: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(follow(file), to, { dereference: true })
}

function follow(file: string): string {
  return lstatSync(file).isSymbolicLink()
    ? follow(resolve(dirname(file), readlinkSync(file)))
    : file
}

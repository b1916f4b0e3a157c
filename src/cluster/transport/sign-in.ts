import { readFileSync } from 'node:fs'
import { failure } from '../../problem/index.ts'
import type { Access } from '../kubeconfig/choose.ts'
import { execPlugin } from './exec-plugin.ts'
import type { OnMessage, Proof, SignIn } from './proof.ts'

/** How this user signs in: token, token file, exec plugin, password; nothing when the client certificate says it all. */
export function signInOf(access: Access, onMessage: OnMessage): SignIn {
  const { user } = access
  if (user.exec) return execPlugin(access, user.exec, onMessage)
  if (user.tokenFile) return tokenFile(access.context, user.tokenFile)
  const proof = staticProof(user)
  return () => proof
}

function staticProof({ token, username, password = '' }: Access['user']): Proof {
  if (token) return { authorization: `Bearer ${token.trim()}` }
  if (!username) return {}
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
}

/** Service account tokens are rotated in place; client-go looks once a minute. */
const TOKEN_FILE_SECONDS = 60

function tokenFile(context: string, file: string): SignIn {
  let proof: Proof | undefined
  let readAt = 0
  return again => {
    const isFresh = performance.now() - readAt < TOKEN_FILE_SECONDS * 1000
    if (proof !== undefined && isFresh && !again) return proof
    proof = { authorization: `Bearer ${readToken(context, file)}` }
    readAt = performance.now()
    return proof
  }
}

function readToken(context: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw failure(
      'kubeconfig',
      `the token file of the context "${context}" cannot be read: ${file}`,
      {
        error,
        cause: (error as NodeJS.ErrnoException).code ?? '',
        remedy: 'Repair the kubeconfig, or choose another context.',
      },
    )
  }
}

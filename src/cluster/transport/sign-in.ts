import { readFileSync } from 'node:fs'
import { failure } from '../../problem/index.ts'
import type { Access } from '../kubeconfig/choose.ts'
import { clientPair } from './client-pair.ts'
import { execPlugin } from './exec-plugin.ts'
import type { OnMessage, Proof, SignIn } from './proof.ts'

/** How this user signs in: exec plugin, token, token file, password, and the files of a client certificate. */
export function signInOf(access: Access, onMessage: OnMessage): SignIn {
  const { context, user } = access
  if (user.exec) return execPlugin(access, user.exec, onMessage)
  const { tokenFile } = user
  const header = tokenFile
    ? () => ({ authorization: `Bearer ${readToken(context, tokenFile)}` })
    : () => staticProof(user)
  return fromFiles(before => ({ ...header(), ...clientPair(access, before) }))
}

/** Tokens and certificates are rotated in place; client-go looks at a token file once a minute. */
const FRESH_SECONDS = 60

function fromFiles(read: (before: Proof | undefined) => Proof): SignIn {
  let proof: Proof | undefined
  let readAt = 0
  return again => {
    const isFresh = performance.now() - readAt < FRESH_SECONDS * 1000
    if (proof !== undefined && isFresh && !again) return proof
    proof = read(proof)
    readAt = performance.now()
    return proof
  }
}

function staticProof({ token, username, password = '' }: Access['user']): Proof {
  if (token) return { authorization: `Bearer ${token.trim()}` }
  if (!username) return {}
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
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

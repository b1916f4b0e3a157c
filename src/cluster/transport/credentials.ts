import type { Agent } from 'node:http'
import type { Access } from '../kubeconfig/choose.ts'
import { openAgent } from './agent.ts'
import { libraryCredentials } from './client-node.ts'
import { impersonation, type Credentials, type Identity } from './identity.ts'
import { proxyFor } from './proxy.ts'
import { signInOf } from './sign-in.ts'
import type { OnMessage, Proof, SignIn } from './proof.ts'

export interface CredentialsInput {
  access: Access
  environment: NodeJS.ProcessEnv
  onMessage?: OnMessage
}

/** Who we are to this API server, and the pooled connections to it. */
export function openCredentials({ access, environment, onMessage }: CredentialsInput): Credentials {
  const proxy = proxyFor(access.server, access.cluster['proxy-url'], environment)
  const needsLibrary =
    access.user['auth-provider'] !== undefined || proxy?.startsWith('socks') === true
  return needsLibrary
    ? libraryCredentials(access)
    : ownCredentials({ access, proxy, signIn: signInOf(access, onMessage) })
}

interface Known extends Proof {
  identity: Identity
}

interface OwnInput {
  access: Access
  proxy: string | undefined
  signIn: SignIn
}

function ownCredentials({ access, proxy, signIn }: OwnInput): Credentials {
  const agents: Agent[] = []
  let known: Known | undefined
  let pending: Promise<Identity> | undefined
  let again = false
  let isRenewing = false

  const agentFor = ({ cert, key }: Proof): Agent => {
    if (known !== undefined && known.cert === cert && known.key === key) return known.identity.agent
    // The one before is left to the requests and watches that still use it.
    const agent = openAgent({ access, cert, key, proxy })
    agents.push(agent)
    return agent
  }
  const identify = (proof: Proof): Identity => {
    if (known === undefined || !isSame(known, proof))
      known = { ...proof, identity: identityOf(access, proof, agentFor(proof)) }
    return known.identity
  }
  const settle = () => {
    pending = undefined
    isRenewing = false
  }
  const ask = (): Identity | Promise<Identity> => {
    const proof = signIn(again)
    if (!(proof instanceof Promise)) {
      again = false
      return identify(proof)
    }
    isRenewing = again
    again = false
    // Many requests start together: one plugin run serves them all.
    return (pending = proof.then(identify).finally(settle))
  }

  return {
    current: () => pending ?? ask(),
    renew(refused) {
      // Of many that are refused together, the first one's new sign-in serves all.
      if (known?.identity === refused && !isRenewing) again = true
    },
    close() {
      for (const agent of agents) agent.destroy()
    },
  }
}

const isSame = (a: Proof, b: Proof) =>
  a.authorization === b.authorization && a.cert === b.cert && a.key === b.key

function identityOf(access: Access, { authorization }: Proof, agent: Agent): Identity {
  return {
    agent,
    headers: {
      ...(authorization !== undefined && { Authorization: authorization }),
      ...impersonation(access),
    },
  }
}

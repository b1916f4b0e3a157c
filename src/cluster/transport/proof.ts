/** A proof of who we are: a header, a client certificate, or both. */
export interface Proof {
  authorization?: string
  cert?: string
  key?: string
}

/** Gives the present proof, at once where nobody has to be asked; `again` forgets what was remembered. */
export type SignIn = (again: boolean) => Proof | Promise<Proof>

/** What a credential plugin says while it runs: where to sign in, which code to type. */
export type OnMessage = ((message: string) => void) | undefined

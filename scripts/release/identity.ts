import { readFileSync } from 'node:fs'

/** Whose package it is, as package.json says. */
export interface Identity {
  name: string
  /** Of the repository: OWNER/NAME. */
  repository: string
}

/** Throws where package.json names no repository on github.com. */
export function readIdentity(): Identity {
  const { name, repository } = JSON.parse(readFileSync('package.json', 'utf8'))
  const slug = /github\.com\/([\w.-]+\/[\w.-]+?)(\.git)?$/.exec(repository.url)?.[1]
  if (slug === undefined) throw new Error('package.json names no repository on github.com')
  return { name, repository: slug }
}

import type { Binary, Module } from './catalogue.ts'

/** What has been found so far of one module, and why the rest has not. */
export interface Search {
  module: Module
  /** In the cache. */
  folder: string
  found: Map<string, string>
  missing: Binary[]
  hasFiles: boolean
  tried: string[]
}

/** The headings of a command's help, in their order, with the flags below each; what is in none is an option. */
const GROUPS: readonly [title: string, flags: readonly string[]][] = [
  [
    'Scope:',
    [
      'all',
      'all-environments',
      'through',
      'revision',
      'endpoint',
      'against',
      'from',
      'to',
      'commit',
      'other-environments',
    ],
  ],
  ['Waiting:', ['wait', 'timeout', 'delete-timeout', 'lock-timeout']],
  [
    'Guards:',
    [
      'plan-hash',
      'allow-older',
      'allow-no-commit',
      'allow-empty',
      'allow-loss',
      'max-prune',
      'prune-data',
      'include-related',
      'repository-moved',
    ],
  ],
  [
    'Force:',
    ['force-conflicts', 'take-fields', 'take-back', 'force-finalizers', 'force-delete-pods'],
  ],
  ['Cluster:', ['context', 'kubeconfig', 'namespace']],
]

/** Flags by heading: what a command is about, what it does, what it waits for, what it may do, and where. */
export function helpGroups(flags: readonly string[]): [title: string, flags: string[]][] {
  const grouped = new Set(GROUPS.flatMap(([, names]) => names))
  const own = flags.filter(flag => !grouped.has(flag))
  const rest = GROUPS.map(([title, names]): [string, string[]] => [
    title,
    names.filter(name => flags.includes(name)),
  ])
  const [scope, ...others] = rest
  const groups = [...(scope === undefined ? [] : [scope]), ['Options:', own] as [string, string[]]]
  return [...groups, ...others].filter(([, names]) => names.length > 0)
}

import test from 'ava'
import { notesOf, releaseChangelog } from '../../scripts/release/changelog.ts'

const date = new Date('2026-12-24T23:00:00Z')
const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- A feature.

## [1.1.0] - 2026-11-01

### Fixed

- A fault.
`

test('P1 · what was unreleased stands under the version, and Unreleased is empty', t => {
  const released = releaseChangelog(CHANGELOG, { version: '1.2.0', date })
  t.is(notesOf(released, '1.2.0'), '### Added\n\n- A feature.')
  t.is(notesOf(released, '1.1.0'), '### Fixed\n\n- A fault.')
  t.regex(released, /## \[Unreleased\]\n\n## \[1\.2\.0\] - 2026-12-24\n\n### Added/)
})

const REFUSED: [string, string, string, RegExp][] = [
  [
    'nothing to release',
    CHANGELOG.replace(/### Added[^]*feature\.\n\n/, ''),
    '1.2.0',
    /nothing under/,
  ],
  ['no heading', '# Changelog\n', '1.2.0', /no heading/],
  ['a version that is there', CHANGELOG, '1.1.0', /already has 1\.1\.0/],
]
for (const [title, text, version, expected] of REFUSED)
  test(`P1 · refused: ${title}`, t => {
    t.throws(() => releaseChangelog(text, { version, date }), { message: expected })
  })

test('a version is taken by its whole name', t => {
  t.throws(() => notesOf(CHANGELOG, '1.1'), { message: /no section for 1\.1/ })
  t.throws(() => notesOf(CHANGELOG, '1x1.0'), { message: /no section/ })
})

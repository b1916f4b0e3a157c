import type { AnyCommand } from './command.ts'
import { apply } from './commands/apply.ts'
import { canary } from './commands/canary.ts'
import { remove } from './commands/delete.ts'
import { diff } from './commands/diff.ts'
import { doctor } from './commands/doctor.ts'
import { environments } from './commands/environments.ts'
import { handoff } from './commands/handoff.ts'
import { historyCommand } from './commands/history.ts'
import { importCommand } from './commands/import.ts'
import { init } from './commands/init.ts'
import { newEndpointCommand } from './commands/new.ts'
import { promote } from './commands/promote.ts'
import { rbac } from './commands/rbac.ts'
import { render } from './commands/render.ts'
import { rollback } from './commands/rollback.ts'
import { sandbox } from './commands/sandbox.ts'
import { schema } from './commands/schema.ts'
import { smoke } from './commands/smoke.ts'
import { status } from './commands/status.ts'
import { validate } from './commands/validate.ts'

/** Every command, in the order of a day's work. */
export const COMMANDS: readonly AnyCommand[] = [
  init,
  newEndpointCommand,
  importCommand,
  environments,
  validate,
  render,
  diff,
  apply,
  remove,
  status,
  smoke,
  doctor,
  rbac,
  historyCommand,
  promote,
  rollback,
  canary,
  handoff,
  schema,
  sandbox,
]

import { CRON_JOB, JOB, isOf } from '../../kinds/index.ts'
import { at, entries, text } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Finding, type Findings, type Rule } from './rule.ts'

/** A Job says what its pods are, and that they end; a CronJob says when, too (pkg/apis/batch/validation of the API server). */
export const jobTemplate: Rule = {
  id: 'job-template',
  find: view => view.all.map(findingsOf),
}

function findingsOf(rendering: Rendering): Findings {
  const { object } = rendering
  if (isOf(object, JOB)) return template(rendering, at(object, 'spec'), 'spec.template')
  if (!isOf(object, CRON_JOB)) return []
  const job = at(object, 'spec', 'jobTemplate', 'spec')
  return [schedule(rendering), template(rendering, job, 'spec.jobTemplate.spec.template')]
}

function schedule(rendering: Rendering): Findings {
  const found = text(at(rendering.object, 'spec', 'schedule'))
  if (found !== undefined && found !== '') return []
  return finding(rendering, {
    field: 'spec.schedule',
    message: 'has no schedule',
    remedy: 'Set spec.schedule, such as "0 3 * * *".',
  })
}

function template(rendering: Rendering, job: unknown, field: string): Findings {
  const pod = at(job, 'template', 'spec')
  const containers = entries(at(pod, 'containers'))
  if (containers.length === 0) {
    return finding(rendering, {
      field,
      message: 'has no pods: its template has no containers',
      remedy: `Write ${field}.spec, with containers and "restartPolicy: Never".`,
    })
  }
  const nameless = containers.find(container => text(container['image']) === undefined)
  const policy = text(at(pod, 'restartPolicy'))
  return [
    nameless &&
      finding(rendering, {
        field: `${field}.spec.containers[${containers.indexOf(nameless)}]`,
        message: `has a container without an image: ${text(nameless['name']) ?? ''}`,
        remedy: 'Set its image.',
      }),
    policy === 'Never' || policy === 'OnFailure'
      ? undefined
      : finding(rendering, {
          field: `${field}.spec.restartPolicy`,
          message: `restarts its pods ${policy === undefined ? 'always, as pods do that say nothing else' : `by the policy ${policy}`}: it would never end`,
          remedy: 'Set restartPolicy to Never or OnFailure.',
        }),
  ]
}

function finding(
  rendering: Rendering,
  { message, ...rest }: Pick<Finding, 'field' | 'message' | 'remedy'>,
): Finding {
  return {
    rendering,
    ...rest,
    message: `${nameOf(rendering)} ${message}`,
    cause: 'The API server refuses it.',
  }
}

import test from 'ava'
import type { SpecInput } from '../../../src/spec/index.ts'
import { anEndpoint } from '../../support/endpoint.ts'
import { patched, patchedPod, patchedServer } from '../check/outcomes.ts'
import { bothOutcomes } from './outcomes.ts'

const kserve: SpecInput = { runtime: 'kserve' }
const inference = (spec: Record<string, unknown>) => patched('InferenceService', { spec }, kserve)

const context = (securityContext: object) => patchedServer({ securityContext })

test(
  'S4 · policy podSecurity baseline: rendered pods, whatever the endpoint says',
  bothOutcomes,
  'policy-pod-security',
  {
    policies: { podSecurity: 'baseline' },
    good: [
      anEndpoint(),
      anEndpoint({ podSecurity: false }),
      anEndpoint({ ...kserve, podSecurity: false }),
      patchedServer(
        { securityContext: { capabilities: { add: ['CHOWN'] } } },
        { podSecurity: false },
      ),
    ],
    bad: [
      [
        patchedServer({ securityContext: { privileged: true } }, { podSecurity: false }),
        /is privileged/,
        'spec.patches[0]',
      ],
      [
        patchedServer(
          { securityContext: { capabilities: { add: ['NET_ADMIN'] } } },
          { podSecurity: false },
        ),
        /adds capabilities/,
        'spec.patches[0]',
      ],
      [
        patchedServer(
          { ports: [{ name: 'http', containerPort: 8000, hostPort: 80 }] },
          { podSecurity: false },
        ),
        /host port/,
        'spec.patches[0]',
      ],
      [
        patchedPod({ hostNetwork: true }, { podSecurity: false }),
        /hostNetwork is true/,
        'spec.patches[0]',
      ],
      [patchedPod({ hostPID: true }, { podSecurity: false }), /hostPID is true/, 'spec.patches[0]'],
      [
        patchedPod(
          { volumes: [{ name: 'root', hostPath: { path: '/' } }] },
          { podSecurity: false },
        ),
        /volume root/,
        'spec.patches[0]',
      ],
      [
        patchedPod(
          {
            containers: [{ name: 'side', image: 'x', securityContext: { procMount: 'Unmasked' } }],
          },
          { podSecurity: false },
        ),
        /container side changes \/proc/,
        'spec.patches[0]',
      ],
      [
        inference({
          transformer: {
            containers: [{ name: 't', image: 'x', securityContext: { privileged: true } }],
          },
        }),
        /container t is privileged/,
        'spec.patches[0]',
      ],
      [
        inference({
          predictor: { model: { name: 'm', image: 'x', securityContext: { privileged: true } } },
        }),
        /container m is privileged/,
        'spec.patches[0]',
      ],
    ],
  },
)

test(
  'S4 · policy podSecurity restricted: podSecurity: false is found, too',
  bothOutcomes,
  'policy-pod-security',
  {
    policies: { podSecurity: 'restricted' },
    good: [anEndpoint(), anEndpoint(kserve)],
    bad: [
      [anEndpoint({ podSecurity: false }), /"restricted", which test requires/, 'spec.podSecurity'],
      [anEndpoint({ ...kserve, podSecurity: false }), /"restricted"/, 'spec.podSecurity'],
      [context({ runAsUser: 0 }), /may run as root/, 'spec.patches[0]'],
      [context({ allowPrivilegeEscalation: true }), /may escalate/, 'spec.patches[0]'],
      [
        patchedPod({ initContainers: [{ name: 'i', image: 'x' }] }),
        /container i/,
        'spec.patches[0]',
      ],
    ],
  },
)

import type { Finding } from '../../src/doctor/index.ts'
import { asDocumented } from './documented.ts'
import type { DeployedProject } from './deployed-project.ts'

/** Findings by what they are about. */
export async function findings(
  { expect }: DeployedProject,
  code: number,
  ...args: string[]
): Promise<Record<string, Finding>> {
  const { stdout } = await expect(code, 'doctor', '-o', 'json', ...args)
  const report = asDocumented('DoctorReport', JSON.parse(stdout)) as { findings: Finding[] }
  return Object.fromEntries(report.findings.map(finding => [finding.check, finding]))
}

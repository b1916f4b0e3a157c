/** As autoscaling/v2 has it, and KServe: none where there is no target. */
export function utilizationMetric(name: string, averageUtilization: number | undefined) {
  if (averageUtilization === undefined) return []
  const target = { type: 'Utilization', averageUtilization }
  return [{ type: 'Resource', resource: { name, target } }]
}

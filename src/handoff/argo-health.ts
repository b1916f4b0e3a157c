const CONDITIONS = `local function condition(of, wanted)
  if of == nil then return nil end
  for _, each in ipairs(of) do
    if each.type == wanted then return each end
  end
  return nil
end
`

/**
 * Health as Lua by GROUP_KIND (Argo CD: resource.customizations.health). Of an InferenceService: KServe's observedGeneration is that of
 * the Deployment below, so it is compared with nothing; a model that could not be loaded is told by modelStatus, while
 * the old one may go on serving. KServe 0.20 calls a component ready in the middle of a roll-out, and gives the reason that its Deployment is
 * available; once that has rolled out, the reason is its new ReplicaSet (PropagateRawStatus in its inference_service_status.go).
 */
export const ARGO_HEALTH: Record<string, string> = {
  'serving.kserve.io_InferenceService': `${CONDITIONS}local status = obj.status or {}
local model = status.modelStatus or {}
local states = model.states or {}
local ready = condition(status.conditions, 'Ready')
local stopped = condition(status.conditions, 'Stopped')
if stopped ~= nil and stopped.status == 'True' then
  return { status = 'Suspended', message = 'it is stopped' }
end
local failure = model.lastFailureInfo or {}
if model.transitionStatus == 'BlockedByFailedLoad' or model.transitionStatus == 'InvalidSpec' or states.targetModelState == 'FailedToLoad' then
  return { status = 'Degraded', message = failure.message or failure.reason or 'the model could not be loaded' }
end
if ready == nil then
  return { status = 'Progressing', message = 'KServe has not said anything of it yet' }
end
if ready.status == 'False' and ready.reason == 'ProgressDeadlineExceeded' then
  return { status = 'Degraded', message = ready.message or ready.reason }
end
for _, component in ipairs({ 'PredictorReady', 'TransformerReady', 'ExplainerReady' }) do
  local found = condition(status.conditions, component)
  if found ~= nil and found.status == 'True' and found.reason == 'MinimumReplicasAvailable' then
    return { status = 'Progressing', message = 'its new pods are not ready yet, those before them serve' }
  end
end
local loading = states.targetModelState == 'Pending' or states.targetModelState == 'Loading'
if ready.status == 'True' and model.transitionStatus ~= 'InProgress' and not loading then
  return { status = 'Healthy', message = 'it is ready' }
end
return { status = 'Progressing', message = ready.message or 'it is not ready yet' }
`,
  'gateway.networking.k8s.io_HTTPRoute': `${CONDITIONS}local parents = (obj.status or {}).parents or {}
if #parents == 0 then
  return { status = 'Progressing', message = 'no gateway has accepted it yet' }
end
for _, parent in ipairs(parents) do
  for _, wanted in ipairs({ 'Accepted', 'ResolvedRefs' }) do
    local found = condition(parent.conditions, wanted)
    if found == nil or found.observedGeneration ~= obj.metadata.generation then
      return { status = 'Progressing', message = 'a gateway has not seen it yet' }
    end
    if found.status ~= 'True' then
      return { status = 'Degraded', message = found.message or wanted }
    end
  end
end
return { status = 'Healthy', message = 'every gateway accepts it' }
`,
  'keda.sh_ScaledObject': `${CONDITIONS}local ready = condition((obj.status or {}).conditions, 'Ready')
if ready == nil or ready.status == 'Unknown' then
  return { status = 'Progressing', message = 'KEDA has not said anything of it yet' }
end
if ready.status == 'True' then
  return { status = 'Healthy', message = 'it scales' }
end
return { status = 'Degraded', message = ready.message or 'KEDA cannot scale it' }
`,
}

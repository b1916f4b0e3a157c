import { saidBy } from './remedies.ts'

/** Why a node does not do though it has the resources, in the scheduler's words: pkg/scheduler/framework/plugins, the ErrReason of each; the text follows `a node `. */
export const PLACEMENTS = saidBy([
  [
    /Too many pods/,
    'with room for one more pod',
    'free or add nodes: those there are have as many pods as they may',
  ],
  [
    /were unschedulable|untolerated taint \{node\.kubernetes\.io\/unschedulable/,
    'that is not cordoned',
    'kubectl uncordon the node once its maintenance is over',
  ],
  [
    /untolerated taint \{node\.kubernetes\.io\/(?:disk|memory|pid)-pressure/,
    'that is not short of disk or memory itself',
    'free the disk or memory of the node (kubectl describe node)',
  ],
  [
    /untolerated taint \{node\.kubernetes\.io\/(?:not-ready|unreachable|network-unavailable)/,
    'that is ready',
    'look at the nodes that are not ready (kubectl describe node)',
  ],
  [
    // Of cloud controllers, Karpenter, cluster-autoscaler, and of agents that a new node waits for (Cilium, storage drivers)
    /untolerated taint \{(?:node\.cloudprovider\.kubernetes\.io\/|karpenter\.sh\/|ToBeDeletedByClusterAutoscaler|DeletionCandidateOfClusterAutoscaler|[\w.-]{1,200}\/agent-not-ready)/,
    'that is not being set up or taken away',
    'wait: what sets nodes up takes the taint off, or brings another node (of an agent that is not ready, look at its pod on the node)',
  ],
  [
    /volume node affinity conflict|didn't match PersistentVolume's node affinity|no available volume zone/,
    'that can reach its volume',
    'bring nodes to the zone of its volume, or recreate the claim where the nodes are (a StorageClass with volumeBindingMode: WaitForFirstConsumer makes it where the pod goes)',
  ],
  [
    /ReadWriteOncePod access mode/,
    'where no other pod has its volume',
    'let the pod that has the volume go first (rollout: {strategy: Recreate}), or use a claim that is not ReadWriteOncePod',
  ],
  [
    /exceed max volume count/,
    'that can attach one more volume',
    'add nodes: those there are have as many volumes attached as they may',
  ],
  [
    /untolerated taint(?! \{(?:node\.kubernetes\.io\/|node\.cloudprovider\.kubernetes\.io\/|karpenter\.sh\/|ToBeDeletedByClusterAutoscaler|DeletionCandidateOfClusterAutoscaler|[\w.-]{1,200}\/agent-not-ready))/,
    'whose taints it tolerates',
    'add the toleration to scheduling.tolerations, or remove the taint from a node',
  ],
  [
    /node affinity|node selector|node\(s\) didn't match Pod's/,
    'that its node selector and affinity allow',
    'correct scheduling.nodeSelector or scheduling.affinity, or label a node accordingly',
  ],
  [
    /didn't match pod anti-affinity rules/,
    'without a pod that its anti-affinity keeps it from',
    'loosen the pod anti-affinity (scheduling.affinity), or add nodes',
  ],
  [
    /didn't satisfy existing pods anti-affinity rules/,
    'whose pods allow it beside them (their anti-affinity)',
    'add nodes, or loosen the anti-affinity of the pods that are there',
  ],
  [
    /didn't match pod affinity rules/,
    'beside the pods that its affinity wants',
    'correct the pod affinity (scheduling.affinity), or start the pods that it names first',
  ],
  [
    /didn't have free ports for the requested pod ports/,
    'where its port of the node is free',
    'do without hostPort and hostNetwork, add nodes, or let the old pod go first (rollout: {strategy: Recreate})',
  ],
  [
    /topology spread constraints \(missing required label\)/,
    'with the label that its pods are spread by',
    'label the nodes with the key that scheduling.spread names, or correct scheduling.spread',
  ],
  [
    /topology spread constraints(?! \(missing)/,
    'that its topology spread allows',
    'loosen scheduling.spread, or add nodes in other zones',
  ],
])

interface Placement {
  pattern: RegExp
  /** Follows `a node `. */
  clause: string
  remedy: string
}

/** Why a node does not do though it has the resources, in the scheduler's words: pkg/scheduler/framework/plugins, the ErrReason of each. */
export const PLACEMENTS: Placement[] = [
  {
    pattern: /Too many pods/,
    clause: 'with room for one more pod',
    remedy: 'free or add nodes: those there are have as many pods as they may',
  },
  {
    pattern: /were unschedulable|untolerated taint \{node\.kubernetes\.io\/unschedulable/,
    clause: 'that is not cordoned',
    remedy: 'kubectl uncordon the node once its maintenance is over',
  },
  {
    pattern: /untolerated taint \{node\.kubernetes\.io\/(?:disk|memory|pid)-pressure/,
    clause: 'that is not short of disk or memory itself',
    remedy: 'free the disk or memory of the node (kubectl describe node)',
  },
  {
    pattern:
      /untolerated taint \{node\.kubernetes\.io\/(?:not-ready|unreachable|network-unavailable)/,
    clause: 'that is ready',
    remedy: 'look at the nodes that are not ready (kubectl describe node)',
  },
  {
    // Of cloud controllers, Karpenter, cluster-autoscaler, and of agents that a new node waits for (Cilium, storage drivers)
    pattern:
      /untolerated taint \{(?:node\.cloudprovider\.kubernetes\.io\/|karpenter\.sh\/|ToBeDeletedByClusterAutoscaler|DeletionCandidateOfClusterAutoscaler|[\w.-]{1,200}\/agent-not-ready)/,
    clause: 'that is not being set up or taken away',
    remedy:
      'wait: what sets nodes up takes the taint off, or brings another node (of an agent that is not ready, look at its pod on the node)',
  },
  {
    pattern:
      /volume node affinity conflict|didn't match PersistentVolume's node affinity|no available volume zone/,
    clause: 'that can reach its volume',
    remedy:
      'bring nodes to the zone of its volume, or recreate the claim where the nodes are (a StorageClass with volumeBindingMode: WaitForFirstConsumer makes it where the pod goes)',
  },
  {
    pattern: /ReadWriteOncePod access mode/,
    clause: 'where no other pod has its volume',
    remedy:
      'let the pod that has the volume go first (rollout: {strategy: Recreate}), or use a claim that is not ReadWriteOncePod',
  },
  {
    pattern: /exceed max volume count/,
    clause: 'that can attach one more volume',
    remedy: 'add nodes: those there are have as many volumes attached as they may',
  },
  {
    pattern:
      /untolerated taint(?! \{(?:node\.kubernetes\.io\/|node\.cloudprovider\.kubernetes\.io\/|karpenter\.sh\/|ToBeDeletedByClusterAutoscaler|DeletionCandidateOfClusterAutoscaler|[\w.-]{1,200}\/agent-not-ready))/,
    clause: 'whose taints it tolerates',
    remedy: 'add the toleration to scheduling.tolerations, or remove the taint from a node',
  },
  {
    pattern: /node affinity|node selector|node\(s\) didn't match Pod's/,
    clause: 'that its node selector and affinity allow',
    remedy: 'correct scheduling.nodeSelector or scheduling.affinity, or label a node accordingly',
  },
  {
    pattern: /didn't match pod anti-affinity rules/,
    clause: 'without a pod that its anti-affinity keeps it from',
    remedy: 'loosen the pod anti-affinity (scheduling.affinity), or add nodes',
  },
  {
    pattern: /didn't satisfy existing pods anti-affinity rules/,
    clause: 'whose pods allow it beside them (their anti-affinity)',
    remedy: 'add nodes, or loosen the anti-affinity of the pods that are there',
  },
  {
    pattern: /didn't match pod affinity rules/,
    clause: 'beside the pods that its affinity wants',
    remedy: 'correct the pod affinity (scheduling.affinity), or start the pods that it names first',
  },
  {
    pattern: /didn't have free ports for the requested pod ports/,
    clause: 'where its port of the node is free',
    remedy:
      'do without hostPort and hostNetwork, add nodes, or let the old pod go first (rollout: {strategy: Recreate})',
  },
  {
    pattern: /topology spread constraints \(missing required label\)/,
    clause: 'with the label that its pods are spread by',
    remedy:
      'label the nodes with the key that scheduling.spread names, or correct scheduling.spread',
  },
  {
    pattern: /topology spread constraints(?! \(missing)/,
    clause: 'that its topology spread allows',
    remedy: 'loosen scheduling.spread, or add nodes in other zones',
  },
]

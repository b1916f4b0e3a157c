import { remedyAgainst, type Remedies } from './remedies.ts'

/** Words of the kubelet, of mount(8) and nfs(5), and of the drivers of clouds; the more exact first. */
const WORDS: Remedies<string> = [
  [
    /Multi-Attach/,
    'wait for the pod on the other node to end, use rollout: {strategy: Recreate}, or a ReadWriteMany volume',
  ],
  [
    /hostPath type check failed/,
    node =>
      `make the path on the node ${node}, or choose nodes that have it (scheduling.nodeSelector)`,
  ],
  [
    /no space left on device/i,
    node =>
      `free the disk of node ${node}, or choose nodes with more room (scheduling.nodeSelector)`,
  ],
  [
    // GoogleCloudPlatform/gcs-fuse-csi-driver, pkg/csi_driver/node.go
    /failed to find the sidecar container in Pod spec/,
    "the driver mounts only into pods with its sidecar, which it adds where the pod asks for it: annotation gke-gcsfuse/volumes: 'true'",
  ],
  [
    /webhook failed to inject the sidecar container/,
    'the webhook of the driver did not answer when the pod was made: delete the pod, so that it is made anew',
  ],
  [
    /dial unix \S{0,300}\.sock: connect|csi\.sock/,
    node =>
      `the storage driver on node ${node} does not answer: look at its pod there (it may have been killed for its memory limit)`,
  ],
  [
    // mount.cifs(8): kubernetes-sigs/azurefile-csi-driver, docs/csi-debug.md
    /mount error\(2\)/,
    'there is no such share: correct its name in the volume, or make it in the storage account',
  ],
  [
    /mount error\(13\)/,
    'the file server refuses the credentials: renew the key of the storage account in the Secret of the volume, and let the account take keys',
  ],
  [
    /mount error\(11[0-5]\)/,
    node =>
      `let node ${node} reach the file server on port 445 (SMB): firewall, private endpoint, DNS`,
  ],
  [
    // mount(8), exit status 32; https://github.com/hetznercloud/csi-driver/issues/33
    /mount point busy|device or resource busy|target is busy/i,
    node =>
      `the device is in use on node ${node} already, often by a mount that was left behind: delete the pod, so that it goes to another node or is mounted again, and look there for what has it`,
  ],
  [
    // pkg/volume/volume_linux.go; https://github.com/democratic-csi/democratic-csi/issues/264
    /applyFSGroup failed|(?:lchown|chown) .{0,300}(?:not permitted|no such file)/,
    'the files of the volume cannot be given to the group of the pod: leave out fsGroup (pod.securityContext: {fsGroup: null}), have the file server allow it (NFS: no_root_squash), or set fsGroupPolicy: None on the CSIDriver',
  ],
  [
    // https://secrets-store-csi-driver.sigs.k8s.io/troubleshooting
    /secrets store objects|SecretProviderClass|secrets-store\.csi/i,
    node =>
      `look at the SecretProviderClass of the volume (kubectl get secretproviderclasses), at its provider on node ${node}, which has to be installed, and at what the identity of the pods may read there`,
  ],
  [
    // FUSE, errno 107, and nfs(5), errno 116
    /transport endpoint is not connected|stale (?:NFS )?file handle/i,
    node =>
      `the mount of the volume on node ${node} is broken (its driver ended, or the file server exported it anew): delete the pod so that it is mounted again`,
  ],
  [
    /volume attachment is being deleted/,
    'wait until its old attachment is gone; if it stays, look at what holds it (kubectl get volumeattachments, then describe) and at the controller of the storage driver',
  ],
  [
    // awslabs/mountpoint-s3, GoogleCloudPlatform/gcsfuse, kubernetes-sigs/blob-csi-driver
    /storage\.(?:objects|buckets)\.|s3:\w+|ListObjectsV2 failed|iam\.serviceAccounts|AuthorizationPermissionMismatch|bucket.{0,200}(?:Access Denied|Forbidden|403)/,
    'let the identity that the volume is mounted with read the bucket: the role of the ServiceAccount of the pods (serviceAccount.name and its annotations), or, where the driver uses its own, the role of the driver or of the node',
  ],
  [
    /UnauthorizedOperation|AccessDenied|get credentials|IMDS|InvalidClientTokenId|invalid_grant|code = Unauthenticated|[Nn]ot authorized to perform|PermissionDenied|AuthorizationFailed/,
    'give the role that the storage driver runs with the rights to attach and mount volumes that the message names',
  ],
  [
    /maximum number of volumes|attachment limit|AttachmentLimitExceeded|Attachment limit exceeded/,
    node =>
      `node ${node} has as many volumes attached as it may: delete the pod, so that it goes to another, or add nodes`,
  ],
  [
    /helper program|unknown filesystem type|executable file not found/,
    node =>
      `install what mounts this kind of volume on node ${node} (for NFS the NFS client), or choose nodes that have it`,
  ],
  [
    /access denied by server/,
    node =>
      `have the file server export the path to node ${node} (its export list), or correct the path of the volume`,
  ],
  [
    /driver name \S+ not found in the list of registered CSI drivers/,
    node =>
      `look at the storage driver on node ${node}: its pod does not run there, or has not registered`,
  ],
  [
    /mount\.nfs4?: .{0,300}No such file or directory/,
    'correct the path of the volume: the file server has no such folder',
  ],
  [
    /InvalidVolume\.NotFound|[Vv]olume .{0,200} (?:does not exist|not found)|disk .{0,200} was not found/,
    'the disk behind the volume is gone: delete its claim and make it anew, or bring the disk back',
  ],
  [
    /Connection timed out|Connection refused|Connection reset by peer|No route to host|Failed to resolve|Name or service not known|i\/o timeout|Temporary failure in name resolution/i,
    node =>
      `let node ${node} reach the file server over the network: its name in DNS, and the firewall (security groups, for NFS port 2049)`,
  ],
  [
    /wrong fs type|bad superblock|structure needs cleaning|fsck/i,
    'the file system of the volume is damaged or of another type: check it (fsck), or restore it from a backup',
  ],
]

/** What to do about a volume that is not attached or mounted on a node. */
export function mountRemedy(text: string, node: string): string {
  return (
    remedyAgainst(text, WORDS, node) ??
    `look at the volume, its claim and the storage driver on node ${node}`
  )
}

import type { Bearing } from './model-words.ts'
import type { Words } from './remedies.ts'

const WITHOUT_NETWORK =
  'bring the model by a volume or an image (model) and say HF_HUB_OFFLINE by env'

/** Of what a server or an init container fetches a model from: its certificate, its name, the way to it, and how it answers; the more exact first. */
export const NETWORK_WORDS: Words<Bearing>[] = [
  [
    // OpenSSL's X509_verify_cert_error_string, Go's crypto/x509
    /certificate verify failed: certificate has expired|certificate has expired or is not yet valid|SSL certificate problem: certificate (?:has expired|is not yet valid)/,
    'the certificate of what it fetches from has expired',
    'renew that certificate (or that of the proxy between), and compare the clock of the node',
  ],
  [
    // Python's ssl, Go's crypto/x509, curl
    /certificate is not valid for '|certificate is valid for .{0,300}, not |no alternative certificate subject name matches/,
    'the certificate of what it fetches from is for another name',
    'name it by a name of its certificate (model, or the endpoint of the object store), or have it get a certificate for this one',
  ],
  [
    // Python's ssl (huggingface_hub, requests, boto3), OpenSSL, Go's crypto/x509 (Ollama), curl, the JVM, the AWS SDK for C++ (Triton)
    /CERTIFICATE_VERIFY_FAILED|certificate verify failed|self[- ]signed certificate in certificate chain|SSL certificate problem: |x509: certificate signed by unknown authority|PKIX path building failed|curlCode: 60\b/,
    'it does not trust the certificate of what it fetches from',
    'mount the certificate of the authority (of a proxy, say) and name it by env (REQUESTS_CA_BUNDLE and SSL_CERT_FILE)',
    { topic: 'trust' },
  ],
  [
    // huggingface_hub/constants.py and utils/_http.py
    /OfflineModeIsEnabled: |offline mode is enabled|HF_HUB_OFFLINE.{0,40}(?:is set|=1|enabled)/,
    'it is told not to download, and the model is not there yet',
    'leave out HF_HUB_OFFLINE (and TRANSFORMERS_OFFLINE) by env, or bring the model by a volume or an image (model) to where it looks (HF_HOME)',
  ],
  [
    // huggingface/xet-core, cas_client; https://github.com/huggingface/transformers/issues/37367, https://github.com/kserve/kserve/pull/5742
    /CAS service error(?!.{0,300}(?:No space left|os error))|\bcas-(?:server|bridge)\S{0,40}\.xethub\.hf\.co|\S{0,40}\.cdn\.hf\.co/,
    "it cannot reach Hugging Face's storage for large files (Xet)",
    `let the pods out to *.xethub.hf.co and *.hf.co, too, beside huggingface.co (a NetworkPolicy, the proxy, the firewall), or say HF_HUB_DISABLE_XET: '1' by env; or ${WITHOUT_NETWORK}`,
    { isPassing: true, topic: 'reach' },
  ],
  [
    // Python's socket, urllib3/exceptions.py (NameResolutionError), Go's net, getaddrinfo in Rust, the JVM, curl, wget, BusyBox
    /Temporary failure in name resolution|Name or service not known|No address associated with hostname|Failed to resolve '|nodename nor servname|lookup \S{1,253}(?: on \S{1,100})?: (?:no such host|server misbehaving|read udp|i\/o timeout)|failed to lookup address information|java\.net\.UnknownHostException|Could(?:n't| not) resolve host|unable to resolve host address|wget: bad address|curlCode: 6\b/,
    'a name cannot be resolved from the pod',
    `check the name, and that the pods reach DNS and what they fetch from: a NetworkPolicy of the namespace, the proxy (HTTPS_PROXY and NO_PROXY by env); without a way out, ${WITHOUT_NETWORK}`,
    { isPassing: true, topic: 'name' },
  ],
  [
    // huggingface_hub/utils/_http.py; https://github.com/runpod-workers/worker-vllm/issues/46, https://github.com/ai-dynamo/dynamo/issues/3644
    /5\d\d Server Error: .{0,200}for url|HTTP status server error \(5\d\d/,
    'the server that it downloads from fails (HTTP 5xx)',
    `wait until it works again; so that a start does not depend on it, ${WITHOUT_NETWORK}`,
    { isPassing: true },
  ],
  [
    // transformers/utils/hub.py, huggingface_hub/file_download.py (LocalEntryNotFoundError), urllib3, botocore/exceptions.py, reqwest, Go's net, curl,
    // the AWS SDK for C++, google-api-core
    /We couldn't connect to 'https?:\/\/|LocalEntryNotFoundError|cannot find the requested files in the (?:local cache|disk cache)|Connection to \S{1,253} timed out|Max retries exceeded with url|ConnectTimeoutError|Connect(?:ion)? timeout on endpoint URL|Read timeout on endpoint URL|Could not connect to the endpoint URL|Network is unreachable|No route to host|dial tcp \S{1,100}: (?:i\/o timeout|connect: (?:no route|network is unreachable))|error trying to connect: |error sending request for url|NewConnectionError|client error \(Connect\)|tcp connect error|curl: \((?:7|28|35|56)\)|curlCode: (?:7|28)\b|RetryError: (?:Timeout|Deadline) of [\d.]+s exceeded/,
    'it cannot reach what it fetches from',
    `let the pods out (a NetworkPolicy of the namespace, the proxy by env: HTTPS_PROXY and NO_PROXY), or ${WITHOUT_NETWORK}`,
    { isPassing: true, topic: 'reach' },
  ],
]

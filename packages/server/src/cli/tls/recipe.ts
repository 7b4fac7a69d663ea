import { AUTHORITY_NAME } from "./certificates.ts";

/** A step of the recipe: what it is about, what to type, and what takes it back where something of it stays. */
export type Step = { title: string; about: string; code: string; undo?: string };

const HOST = "api.weixin.qq.com";

/** The lines that a start with `--tls-dev` prints: what clients need, in short. */
export function shortRecipe({ file, isNew, url }: { file: string; isNew: boolean; url: string }): string[] {
  const place = file.replace(/[\\/]tls[\\/][^\\/]+$/, "");
  return [
    `TLS for ${HOST}, for development: let your program trust ${file}${isNew ? ", which is new" : ""} / 让程序信任该证书`,
    `send it here with a line in the hosts file, and take that out afterwards / hosts 加一行，用后删除: 127.0.0.1 ${HOST}`,
    ...(new URL(url).port === ""
      ? []
      : [`a host that is fixed is asked at port 443 / 域名写死的程序访问 443 端口: serve with --port 443`]),
    `all of it, system by system and language by language / 完整步骤: npx quanku tls recipe --data-dir ${quoted(place)}`,
  ];
}

/** A path as a POSIX shell takes it. */
const quoted = (path: string) => (/^[\w./:\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** What lets clients of every kind come to a server with `--tls-dev`; `file` is the authority's certificate. */
export function recipe(file: string): Step[] {
  const path = quoted(file);
  const inWindows = /\s/.test(file) ? `"${file}"` : file;
  return [
    {
      title: "Port 443",
      about: "Linux lets other users than root listen there once it is told so, until the next start of the machine.",
      code: "sudo sysctl -w net.ipv4.ip_unprivileged_port_start=443\nnpx quanku serve --tls-dev --port 443",
      undo: "sudo sysctl -w net.ipv4.ip_unprivileged_port_start=1024",
    },
    {
      title: "Port 443 on macOS",
      about:
        "Loopback's port 443 is root's there: the packet filter sends it to another. Windows needs nothing of this.",
      code: `echo 'rdr pass on lo0 inet proto tcp from any to 127.0.0.1 port 443 -> 127.0.0.1 port 8443' | sudo pfctl -ef -
npx quanku serve --tls-dev --port 8443`,
      undo: "sudo pfctl -f /etc/pf.conf",
    },
    {
      title: "The hosts line on Linux and macOS",
      about: "Everything that this machine sends to the platform reaches Quanku from then on.",
      code: `echo '127.0.0.1 ${HOST}' | sudo tee -a /etc/hosts`,
      undo: `sudo sed -i.bak '/ ${HOST.replaceAll(".", "\\.")}$/d' /etc/hosts`,
    },
    {
      title: "The hosts line on Windows",
      about: "In a PowerShell that runs as administrator.",
      code: `Add-Content $env:SystemRoot\\System32\\drivers\\etc\\hosts "127.0.0.1 ${HOST}"`,
      undo: `$hosts = "$env:SystemRoot\\System32\\drivers\\etc\\hosts"
(Get-Content $hosts) -notmatch '${HOST.replaceAll(".", "\\.")}' | Set-Content $hosts`,
    },
    {
      title: "Trust: macOS",
      about: "For everything that asks the system, Go and browsers among them.",
      code: `sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ${path}`,
      undo: `sudo security delete-certificate -c "${AUTHORITY_NAME}" -t /Library/Keychains/System.keychain`,
    },
    {
      title: "Trust: Debian, Ubuntu, Alpine",
      about: "For everything that asks the system: curl, PHP, Go, Python's ssl, .NET.",
      code: `sudo cp ${path} /usr/local/share/ca-certificates/quanku-development.crt
sudo update-ca-certificates`,
      undo: `sudo rm /usr/local/share/ca-certificates/quanku-development.crt
sudo update-ca-certificates --fresh`,
    },
    {
      title: "Trust: Fedora, RHEL",
      about: "For everything that asks the system, Java of the distribution among it.",
      code: `sudo cp ${path} /etc/pki/ca-trust/source/anchors/quanku-development.pem
sudo update-ca-trust`,
      undo: `sudo rm /etc/pki/ca-trust/source/anchors/quanku-development.pem
sudo update-ca-trust`,
    },
    {
      title: "Trust: Windows",
      about: "For the user who types it, and everything that asks the system: .NET, Go, browsers.",
      code: `certutil -user -addstore Root ${inWindows}`,
      undo: `certutil -user -delstore Root "${AUTHORITY_NAME}"`,
    },
    {
      title: "Java",
      about:
        "A store of its own, of which the program trusts nothing else; or the store of the whole JDK, by -cacerts.",
      code: `keytool -importcert -noprompt -alias quanku-development -file ${path} -keystore quanku-development.p12 -storepass changeit
java -Djavax.net.ssl.trustStore=quanku-development.p12 -Djavax.net.ssl.trustStorePassword=changeit -jar program.jar`,
      undo: `rm quanku-development.p12
keytool -delete -cacerts -storepass changeit -alias quanku-development`,
    },
    {
      title: "Node.js",
      about: "Beside the authorities that it brings; --use-system-ca instead takes those that the system trusts.",
      code: `NODE_EXTRA_CA_CERTS=${path} node program.js
node --use-system-ca program.js`,
    },
    {
      title: "PHP",
      about: "Both may stand in php.ini too; the program trusts nothing else then.",
      code: `php -d openssl.cafile=${path} -d curl.cainfo=${path} program.php`,
    },
    {
      title: "Python",
      about:
        "The first is for requests, which brings its own authorities, the second for ssl; nothing else is trusted.",
      code: `REQUESTS_CA_BUNDLE=${path} SSL_CERT_FILE=${path} python3 program.py`,
    },
    {
      title: "Go",
      about: "On Linux and BSD, where it trusts nothing else then; on macOS and Windows it asks the system.",
      code: `SSL_CERT_FILE=${path} ./program`,
    },
    {
      title: "See that it works",
      about: "It answers ok where the server runs.",
      code: `curl --cacert ${path} https://${HOST}/healthz`,
    },
  ];
}

/** The whole recipe as `quanku tls recipe` prints it: commands stand at the begin of their lines, so that they can be pasted. */
export function wholeRecipe(file: string): string {
  const steps = recipe(file).map(({ title, about, code, undo }) =>
    [`## ${title}`, about, code, ...(undo ? ["Undo:", undo] : [])].join("\n\n"),
  );
  return `# Clients whose host is fixed, on quanku serve --tls-dev

What stands under "Port 443" and "The hosts line" is needed once, then of the rest what your system or your language asks for.
The authority can sign for ${HOST}, localhost and loopback's addresses alone; what clients trust of it is
${file}

${steps.join("\n\n")}

## Undo all of it

Take back what was done above, then remove the folder of the authority's file: the next quanku serve --tls-dev makes another,
which nobody trusts yet.
`;
}

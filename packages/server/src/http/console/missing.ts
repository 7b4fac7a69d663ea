/** What stands in the console's place where it was not built. */
export const missingPage = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quanku 券库</title>
</head>
<body>
<h1>Quanku 券库</h1>
<p>服务器正在运行，但控制台还没有构建。在代码库的文件夹里运行 <code>npm ci</code>，再重新启动服务器。</p>
<p lang="en">The server runs, but its console is not built. Run <code>npm ci</code> in the folder of the repository, then start the server again.</p>
<p><a href="/docs">文档 / Documentation</a></p>
</body>
</html>
`;

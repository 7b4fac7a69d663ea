import { createRootRoute, createRoute, createRouter, Outlet, type RouteComponent } from "@tanstack/react-router";
import { Broken, NotFound } from "./broken.tsx";
import { Frame } from "./frame.tsx";
import { Home } from "./home.tsx";
import { appPages, housePages } from "./pages.tsx";
import { Gate } from "./sign-in.tsx";

const root = createRootRoute({
  component: () => (
    <Gate>
      <Outlet />
    </Gate>
  ),
  notFoundComponent: NotFound,
});
const home = createRoute({ getParentRoute: () => root, path: "/", component: Home });
const house = createRoute({ getParentRoute: () => root, path: "/~", component: Frame, notFoundComponent: NotFound });
const app = createRoute({ getParentRoute: () => root, path: "/$appid", component: Frame, notFoundComponent: NotFound });

const pagesOf = (parent: typeof house | typeof app, pages: Readonly<Record<string, RouteComponent>>) =>
  Object.entries(pages).map(([path, component]) =>
    createRoute({ getParentRoute: () => parent as typeof house, path, component }),
  );

/** Which address shows which page. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    house.addChildren(pagesOf(house, housePages)),
    app.addChildren(pagesOf(app, appPages)),
  ]),
  basepath: "/console",
  defaultErrorComponent: Broken,
  defaultPreload: "intent",
  defaultPendingMs: 300,
  scrollRestoration: true,
  // What stands after `?` are plain texts, so that an address can be read and typed.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
    const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
    return text === "" ? "" : `?${text}`;
  },
});

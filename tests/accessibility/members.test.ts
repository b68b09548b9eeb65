import { describe } from "vitest";
import { testMembersPages } from "./looking";

describe("les pages que voient les membres, première moitié", () => testMembersPages(0));

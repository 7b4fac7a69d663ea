import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import type { CouponType } from "../../parts/coupon-terms.ts";
import { useWords } from "../../words/table.ts";
import { kindWords } from "./field-words.ts";
import { useForm } from "./form.tsx";
import { KindPicture } from "./kind-picture.tsx";
import { kindGroups } from "./kinds.ts";
import { words } from "./words.ts";

/** Which kind: ten pictures in two groups; once one is chosen, that one and a way to choose another. */
export function KindStep({ chosen }: { chosen: () => void }) {
  const say = useWords(words);
  const sayKind = useWords(kindWords);
  const { form, change } = useForm();
  const [isChoosing, setChoosing] = useState(form.type === null);
  const chosenKind = useRef<HTMLDivElement>(null);
  const type = form.type as CouponType | null;
  const choose = (next: CouponType) => {
    change({ type: next });
    setChoosing(false);
    chosen();
  };
  useEffect(() => {
    if (!isChoosing) chosenKind.current?.scrollIntoView({ block: "nearest" });
  }, [isChoosing]);
  if (!isChoosing && type !== null)
    return (
      <div className="kind-chosen" ref={chosenKind}>
        <KindPicture type={type} />
        <div>
          <strong>{sayKind(`of${type}`)}</strong>
          <p className="aside">{sayKind(`for${type}`)}</p>
        </div>
        <Button onClick={() => setChoosing(true)}>{say("change")}</Button>
      </div>
    );
  return kindGroups.map(({ group, types }) => (
    <div key={group} className={`kind-group ${group}`}>
      <h3>
        {say(group)} <span className="aside">{say(`${group}How`)}</span>
      </h3>
      <div className="kinds">
        {types.map((one) => (
          <button type="button" key={one} className="kind" aria-pressed={one === type} onClick={() => choose(one)}>
            <KindPicture type={one} />
            <strong>{sayKind(`of${one}`)}</strong>
            <span className="aside">{sayKind(`for${one}`)}</span>
          </button>
        ))}
      </div>
    </div>
  ));
}

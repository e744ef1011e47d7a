"""An accredited laboratory and an expert of the directory, asked for a visit that is due today (article 19)."""

from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from fieldapp import clock
from fieldapp.demo.stage import acting
from fieldapp.entrusting import actions as entrusting
from fieldapp.entrusting.actions import Declared, HandedIn, Qualification, Terms
from fieldapp.entrusting.rules import Held, PartyKind, Work
from fieldapp.roles import Officer

LAB, EXPERT = "齐鲁实验动物检测中心（示例）", "何明远（示例）"
LAB_CODE = "12370000495570629U"


def load_directory() -> None:
    """Legal affairs enters an agency with its certificate, 农村科技处 an expert."""
    year = clock.today().year
    with acting("fagui") as legal:
        lab = entrusting.add_party(Declared(PartyKind.AGENCY, LAB, LAB_CODE, "", "实验动物质量检测、环境设施检测",
                                            "王某（示例） 0531-00000000"), by=legal)
        entrusting.add_certificate(lab.id, Qualification(
            "检验检测机构资质认定（CMA）", "示例-370001", "山东省市场监督管理局",
            Held(date(year - 3, 7, 1), date(year + 3, 6, 30)), _certificate(by=legal)), by=legal)
    with acting("nongcun-jingban") as officer:
        expert = entrusting.add_party(Declared(PartyKind.EXPERT, EXPERT, "", "山东某大学（示例）", "实验动物学", ""), by=officer)
        entrusting.add_certificate(expert.id, Qualification("正高级职称", "", "", Held(date(year - 10, 1, 1), None), None),
                                   by=officer)


def entrust(visit_id: UUID, party_id: UUID, work: Work, scope: str, *, is_on_site: bool) -> UUID:
    """农村科技处 asks, its head agrees."""
    with acting("nongcun-jingban") as officer:
        row = entrusting.ask_entrustment(visit_id, Terms(
            party_id, work, scope, "《细则》第十九条。", clock.today() + timedelta(days=15), is_on_site=is_on_site), by=officer)
        row_id = row.id
    with acting("nongcun-chuzhang") as head:
        entrusting.decide_entrustment(row_id, "agree", "", by=head)
    return row_id


def _certificate(*, by: Officer) -> HandedIn:
    """The picture of a certificate that says that it is an example."""
    image = Image.new("RGB", (640, 440), (250, 248, 240))
    ImageDraw.Draw(image).rectangle((16, 16, 624, 424), outline=(160, 40, 40), width=4)
    ImageDraw.Draw(image).text((250, 200), "EXAMPLE CERTIFICATE", fill=(160, 40, 40))
    file = BytesIO()
    image.save(file, "PNG")
    return entrusting.hold_file("资质证书（示例）.png", file.getvalue(), by=by)

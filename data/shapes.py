#!/usr/bin/env python3
"""shapes.py COUNTRIES_TOPOJSON COUNTRY_INFO > shapes.csv: outlines of countries for the map of the report.

COUNTRIES_TOPOJSON is countries-110m.json of the npm package world-atlas (Natural Earth, public domain), COUNTRY_INFO
the GeoNames file countryInfo.txt, which links ISO's numbers to its letters. The outlines are projected (Equal Earth:
Šavrič, Patterson and Jenny 2018, areas keep their proportions) into a picture 9600 wide and written as SVG paths of
whole numbers, relative to the point before. Standard library only.
"""
import csv
import json
import math
import sys

WIDTH = 9600
A = (1.340264, -0.081106, 0.000893, 0.003796)
# Countries that the atlas draws and ISO does not number.
UNNUMBERED = {"Kosovo": "XKX"}


def project(longitude, latitude):
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2 ** 3
    x = math.radians(longitude) * math.cos(theta) / (
        math.sqrt(3) / 2 * (A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2)))
    y = theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2))
    return x, y


def main(topology, country_info):
    world = json.load(open(topology))
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    letters = {}
    for line in open(country_info, encoding="utf-8"):
        fields = line.split("\t")
        if len(fields) > 2 and fields[2].isdigit():
            letters[int(fields[2])] = fields[1]

    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)

    right, top = project(180, 0)[0], project(0, 90)[1]
    size = WIDTH / (2 * right)

    def path(ring):
        points = []
        for index in ring:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points.extend(arc if not points else arc[1:])
        if max(p[0] for p in points) - min(p[0] for p in points) > 350 and min(p[1] for p in points) > -60:
            # An island on the line of the date; drawn on its eastern side, not as a stripe around the world.
            points = [(180.0 if x < 0 else x, y) for x, y in points]
        drawn = [(round((x + right) * size), round((top - y) * size)) for x, y in (project(*p) for p in points)]
        out, last = "", None
        for point in drawn:
            if last is None:
                out = f"M{point[0]} {point[1]}l"
            elif point != last:
                step = f"{point[0] - last[0]} {point[1] - last[1]}"
                out += step if out.endswith("l") else f" {step}"
            last = point
        return out.replace(" -", "-") + "z"

    shapes = {}
    for country in world["objects"]["countries"]["geometries"]:
        code = UNNUMBERED.get(country["properties"]["name"]) or letters.get(int(country.get("id") or 0), "")
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        shapes[code] = shapes.get(code, "") + "".join(path(ring) for polygon in polygons for ring in polygon)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["iso3", "path"])
    writer.writerows(sorted(shapes.items()))
    print(f"{len(shapes)} shapes, picture {WIDTH} by {round(2 * top * size)}", file=sys.stderr)


main(*sys.argv[1:])

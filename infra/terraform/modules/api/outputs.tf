output "id" {
  description = "Id of the API."
  value       = local.api_id
}

output "endpoint" {
  description = "Address at which Stile answers, and the issuer of its grants."
  value       = var.domain == null ? local.own_endpoint : "https://${var.domain.name}"
}

output "execution_arn" {
  description = "What IAM policies of back-ends name: arn/stage/method/path."
  value       = local.execution_arn
}

output "routes" {
  description = "Route keys and their doors."
  value       = { for key, route in local.routes : key => route.door }
}

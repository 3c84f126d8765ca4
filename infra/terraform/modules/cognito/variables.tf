variable "name" {
  description = "Prefix of the functions and their roles."
  type        = string
}

variable "packages" {
  description = "Folder of the zips."
  type        = string
}

variable "issuer" {
  description = "Address of Stile."
  type        = string
}

variable "execution_arn" {
  description = "Execution ARN of Stile's API."
  type        = string
}

variable "table" {
  description = "Stile's table: its name, its ARN, the key that encrypts it."
  type        = object({ name = string, arn = string, kms_key_arn = string })
}

variable "user_pool_arn" {
  description = "The pool whose triggers these are."
  type        = string
}

variable "action" {
  description = "Action of the policy that a sign-in is."
  type        = string
  default     = "login"
}

variable "architecture" {
  description = "arm64 or x86_64, as the zip was built for."
  type        = string
  default     = "arm64"
}

variable "runtime" {
  description = "java21, or java25 with a provider that knows it."
  type        = string
  default     = "java21"
}

variable "memory_mb" {
  description = "Memory, and processor with it: Cognito waits for 5 seconds in all."
  type        = number
  default     = 1024
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
}
